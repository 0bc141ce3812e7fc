-- Who an address belongs to, from every source that says so. The lowest rank
-- is the best answer; see v_owner.
DELETE FROM owner;

-- 5: the address that NodeLocalDNS binds, the same on each node.
INSERT INTO owner
SELECT a.address, 'cache', 'node-local-dns', '', NULL, 1, 5,
       min(a.evidence_id), min(a.line)
FROM interface_address AS a
WHERE a.interface LIKE '%nodelocal%' OR a.interface LIKE '%node-local%'
GROUP BY a.address;

INSERT INTO owner
SELECT address_of(c.arguments), 'cache', 'node-local-dns', '', NULL, 1, 6,
       min(c.evidence_id), min(c.line)
FROM corefile AS c
WHERE c.plugin = 'bind' AND address_of(c.arguments) IS NOT NULL
  AND substr(address_of(c.arguments), 1, 2) = x'a9fe' -- 169.254/16
  AND substr(address_of(c.arguments), 1, 3) <> x'a9fea9'
GROUP BY 1;

-- That of AWS and GCP (169.254.169.0/24) is their own resolver, no cache.
INSERT INTO owner
SELECT address_of(s.value), 'cache', 'node-local-dns', '', NULL, 1, 7,
       min(s.evidence_id), min(s.line)
FROM setting AS s
WHERE s.source = 'resolv.conf' AND s.name LIKE 'nameserver%'
  AND length(address_of(s.value)) = 4
  AND substr(address_of(s.value), 1, 2) = x'a9fe'
  AND substr(address_of(s.value), 1, 3) <> x'a9fea9'
GROUP BY 1;

-- 10: what the cluster says.
INSERT INTO owner
SELECT o.address, 'pod', o.name, o.namespace, max(o.node),
       max(coalesce(o.app IN ('kube-dns', 'coredns', 'rke2-coredns',
                              'node-local-dns', 'dns-default'), 0)
           OR o.name LIKE '%coredns%' OR o.name LIKE 'kube-dns-%'
           OR o.name LIKE 'dns-default-%'
           OR o.address IN (SELECT address FROM v_dns_endpoint)),
       10, min(o.evidence_id), min(o.line)
FROM kube_object AS o
WHERE o.kind = 'pod' AND o.address IS NOT NULL
  AND coalesce(o.is_host_network, 0) = 0
  AND NOT EXISTS (SELECT 1 FROM kube_object AS n
                  WHERE n.kind = 'node' AND n.address = o.address)
GROUP BY o.address, o.name, o.namespace;

INSERT INTO owner
SELECT o.address, 'service', o.name, o.namespace, NULL,
       max(coalesce(o.ports LIKE '53/%' OR o.ports LIKE '%,53/%', 0)), 10,
       min(o.evidence_id), min(o.line)
FROM kube_object AS o
WHERE o.kind = 'service' AND o.address IS NOT NULL
GROUP BY o.address, o.name, o.namespace;

-- A node's address is a DNS server's where one runs in the host's network.
INSERT INTO owner
SELECT o.address, 'node', o.name, '', o.name,
       o.address IN (SELECT address FROM v_dns_endpoint)
       OR EXISTS (SELECT 1 FROM kube_object AS p
                  WHERE p.address = o.address AND p.kind = 'pod'
                    AND (p.app IN ('kube-dns', 'coredns', 'rke2-coredns')
                         OR p.name LIKE '%coredns%'
                         OR p.name LIKE 'kube-dns-%')),
       10, min(o.evidence_id), min(o.line)
FROM kube_object AS o
WHERE o.kind = 'node' AND o.address IS NOT NULL
GROUP BY o.address, o.name;

INSERT INTO owner
SELECT o.address, 'pod', coalesce(max(o.target), o.name || ' endpoint'),
       o.namespace, max(o.node),
       o.address IN (SELECT address FROM v_dns_endpoint), 12,
       min(o.evidence_id), min(o.line)
FROM kube_object AS o
WHERE o.kind = 'endpoint' AND o.address IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = o.address)
GROUP BY o.address;

-- 14: addresses of the hosts' interfaces; a tunnel device's is a tunnel's.
-- What several hosts have (docker0, a gateway that pods see, kube-ipvs0) is
-- some host's, and never leaves it.
CREATE TEMP TABLE shared AS
SELECT a.address, min(a.evidence_id) AS evidence_id, min(a.line) AS line
FROM interface_address AS a
JOIN evidence AS e ON e.id = a.evidence_id
WHERE e.node IS NOT NULL AND e.netns = ''
  AND substr(a.address, 1, 1) <> x'7f'
  AND a.address <> x'00000000000000000000000000000001'
  AND NOT (length(a.address) = 16 AND substr(a.address, 1, 2) = x'fe80')
GROUP BY a.address HAVING count(DISTINCT e.node) > 1;

INSERT INTO owner
SELECT a.address,
       CASE WHEN EXISTS (
           SELECT 1 FROM v_link_kind AS k
           WHERE k.node = e.node AND k.interface = a.interface
             AND k.kind = 'tunnel')
         OR a.interface GLOB 'vxlan*' OR a.interface GLOB 'flannel*'
         OR a.interface GLOB 'genev*' OR a.interface GLOB 'tunl*'
       THEN 'tunnel' ELSE 'node' END,
       CASE WHEN EXISTS (
           SELECT 1 FROM v_link_kind AS k
           WHERE k.node = e.node AND k.interface = a.interface
             AND k.kind = 'tunnel')
         OR a.interface GLOB 'vxlan*' OR a.interface GLOB 'flannel*'
         OR a.interface GLOB 'genev*' OR a.interface GLOB 'tunl*'
       THEN a.interface || ' of ' || e.node ELSE e.node END,
       '', e.node, 0, 14, min(a.evidence_id), min(a.line)
FROM interface_address AS a
JOIN evidence AS e ON e.id = a.evidence_id
WHERE e.node IS NOT NULL AND e.netns = ''
  AND substr(a.address, 1, 1) <> x'7f'
  AND a.address <> x'00000000000000000000000000000001'
  AND NOT (length(a.address) = 16 AND substr(a.address, 1, 2) = x'fe80')
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = a.address AND w.kind IN ('cache', 'node'))
  AND a.address NOT IN (SELECT address FROM shared)
GROUP BY a.address, e.node, a.interface;

-- 15: addresses inside a pod's namespace.
INSERT INTO owner
SELECT a.address, 'pod', e.netns, '', e.node, 0, 15, min(a.evidence_id),
       min(a.line)
FROM interface_address AS a
JOIN evidence AS e ON e.id = a.evidence_id
WHERE e.netns <> '' AND substr(a.address, 1, 1) <> x'7f'
  AND a.address <> x'00000000000000000000000000000001'
  AND NOT (length(a.address) = 16 AND substr(a.address, 1, 2) = x'fe80')
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = a.address)
GROUP BY a.address, e.netns;

-- 16: tunnel addresses that node annotations name.
INSERT INTO owner
SELECT address_of(s.value), 'tunnel',
       'tunnel of ' || substr(s.name, 1, instr(s.name, '/') - 1), '',
       substr(s.name, 1, instr(s.name, '/') - 1), 0, 16, min(s.evidence_id),
       min(s.line)
FROM setting AS s
WHERE s.source = 'node annotation'
  AND (s.name LIKE '%TunnelAddr' OR s.name LIKE '%InterfaceAddr')
  AND address_of(s.value) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = address_of(s.value))
GROUP BY 1;

-- 20: services and endpoints as the rules of kube-proxy have them.
INSERT INTO owner
SELECT address_of(r.destination), 'service', coalesce(max(r.comment), ''), '',
       NULL, 1, 20, min(r.evidence_id), min(r.line)
FROM firewall_rule AS r
WHERE (r.chain = 'KUBE-SERVICES' OR r.backend = 'ipvs')
  AND r.destination_port = '53'
  AND address_of(r.destination) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = address_of(r.destination))
GROUP BY 1;

INSERT INTO owner
SELECT r.to_address, 'pod', address_text(r.to_address), '', NULL,
       max(coalesce(r.to_port IN (SELECT port FROM dns_port), 0)), 20,
       min(r.evidence_id), min(r.line)
FROM firewall_rule AS r
WHERE r.target = 'DNAT' AND r.to_address IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = r.to_address)
GROUP BY r.to_address;

-- 22: what connection tracking translated: most entries of the address, for
-- one line of conntrack -L may be torn.
CREATE TEMP TABLE translated AS
SELECT destination FROM conntrack
WHERE destination_port = 53 AND destination IS NOT NULL
GROUP BY destination
HAVING 2 * sum(destination <> reply_source) > count(*);

INSERT INTO owner
SELECT c.destination, 'service', address_text(c.destination), '', NULL, 1, 22,
       min(c.evidence_id), min(c.line)
FROM conntrack AS c
WHERE c.destination IN (SELECT destination FROM translated)
  AND c.destination_port = 53 AND c.destination <> c.reply_source
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = c.destination)
GROUP BY c.destination;

INSERT INTO owner
SELECT c.reply_source, 'pod', address_text(c.reply_source), '', NULL, 1, 22,
       min(c.evidence_id), min(c.line)
FROM conntrack AS c
WHERE c.destination IN (SELECT destination FROM translated)
  AND c.destination_port = 53 AND c.destination <> c.reply_source
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = c.reply_source)
GROUP BY c.reply_source;

DROP TABLE translated;

-- 23: what several hosts have, and nobody else.
INSERT INTO owner
SELECT s.address, 'node', address_text(s.address), '', NULL, 0, 23,
       s.evidence_id, s.line
FROM shared AS s
WHERE NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = s.address);

DROP TABLE shared;

-- 24: tunnel endpoints that nothing but the packets names.
INSERT INTO owner
SELECT n.address, 'node', n.node, '', n.node, 0, 24, n.evidence_id, NULL
FROM learned_node AS n
WHERE NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = n.address);

DROP TABLE learned_node;

-- 25: a link-local DNS server is the cache of each node; that of a cloud
-- (169.254.169.0/24) is not.
INSERT INTO owner
SELECT d.server, 'cache', 'node-local-dns', '', NULL, 1, 25,
       min(d.evidence_id), NULL
FROM dns_exchange AS d
WHERE d.server_port IN (SELECT port FROM dns_port) AND d.state = 'answered'
  AND substr(d.server, 1, 2) = x'a9fe' AND substr(d.server, 1, 3) <> x'a9fea9'
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = d.server)
GROUP BY d.server;

-- 26: who speaks inside a tunnel lives at the host where the tunnel ends. The
-- first address of a block of 64 is the tunnel device's: no pod gets it.
CREATE TEMP TABLE "inner" AS
SELECT client AS address, query_outer_source AS host, 0 AS is_dns,
       min(evidence_id) AS evidence_id
FROM dns_exchange WHERE depth > 0 GROUP BY client, query_outer_source
UNION ALL
SELECT server, query_outer_destination,
       max(server_port IN (SELECT port FROM dns_port)), min(evidence_id)
FROM dns_exchange WHERE depth > 0 GROUP BY server, query_outer_destination
UNION ALL
SELECT client, outer_source, 0, min(evidence_id)
FROM tcp_connection WHERE depth > 0 GROUP BY client, outer_source
UNION ALL
SELECT server, outer_destination,
       max(server_port IN (SELECT port FROM dns_port)), min(evidence_id)
FROM tcp_connection WHERE depth > 0 GROUP BY server, outer_destination;

INSERT INTO owner
SELECT address,
       CASE WHEN is_block_start THEN 'tunnel' ELSE 'pod' END,
       CASE WHEN is_block_start THEN 'tunnel of ' || node
            ELSE address_text(address) END,
       '', node, is_dns AND NOT is_block_start, 26, evidence_id, NULL
FROM (SELECT i.address, max(h.node) AS node, max(i.is_dns) AS is_dns,
             min(i.evidence_id) AS evidence_id,
             length(i.address) = 4 AND hex(substr(i.address, 4)) IN
                 ('00', '40', '80', 'C0') AS is_block_start
      FROM "inner" AS i
      JOIN owner AS h ON h.address = i.host AND h.kind = 'node'
      WHERE NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = i.address)
      GROUP BY i.address
      HAVING count(DISTINCT h.node) = 1);

DROP TABLE "inner";

-- Which servers each question was sent to that went, anywhere, to an address
-- that nobody owns. Grouped before they are joined: an id and a name may come
-- thousands of times.
CREATE TEMP TABLE nobody AS
SELECT s.server FROM (SELECT DISTINCT server FROM dns_exchange
                      WHERE server_port IN (SELECT port FROM dns_port)) AS s
WHERE NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = s.server);

CREATE TEMP TABLE asked AS
SELECT identity, server, min(CASE WHEN depth = 0 THEN asked_ns END) AS first_ns,
       max(asked_ns) AS last_ns, min(evidence_id) AS evidence_id,
       max(qname LIKE '%.svc.' || (SELECT zone FROM v_cluster_zone))
           AS is_cluster_name
FROM dns_exchange
WHERE server_port IN (SELECT port FROM dns_port)
  AND EXISTS (SELECT 1 FROM nobody)
  AND identity IN (SELECT d.identity FROM dns_exchange AS d
                   WHERE d.server IN (SELECT server FROM nobody))
GROUP BY identity, server;
CREATE INDEX temp.asked_identity ON asked(identity);
DROP TABLE nobody;

-- 27: a private address that is asked for names of the cluster, and not on
-- behalf of another server, is cluster DNS (routed without tunnels, and with
-- no list of pods).
INSERT INTO owner
SELECT a.server, 'pod', address_text(a.server), '', NULL, 1, 27,
       min(a.evidence_id), NULL
FROM asked AS a
WHERE a.is_cluster_name
  AND (address_in(a.server, x'fc000000000000000000000000000000', 7) -- ULA
       OR address_in(a.server, x'0a000000', 8)
       OR address_in(a.server, x'ac100000', 12)
       OR address_in(a.server, x'c0a80000', 16)
       OR address_in(a.server, x'64400000', 10))
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = a.server)
  AND (SELECT max(n.last_ns) FROM asked AS n
       WHERE n.identity = a.identity) = a.last_ns
  AND (SELECT count(*) FROM owner AS w WHERE w.kind = 'cache') = 0
GROUP BY a.server
HAVING count(*) >= 3;

-- 28: a server that answers under another address than it was asked under.
INSERT INTO owner
SELECT f.server, 'service', address_text(f.server), '', NULL, 1, 28,
       min(f.evidence_id), NULL
FROM asked AS f
JOIN asked AS b ON b.identity = f.identity AND b.server <> f.server
JOIN owner AS w ON w.address = b.server AND w.kind = 'pod' AND w.is_dns
WHERE f.first_ns <= b.last_ns
  AND NOT EXISTS (SELECT 1 FROM owner AS o WHERE o.address = f.server)
GROUP BY f.server
HAVING count(DISTINCT f.identity) >= 3;

DROP TABLE asked;

-- 30: resolvers that somebody forwards to and nobody owns.
INSERT INTO owner
SELECT address_of(c.arguments_word), 'upstream',
       address_text(address_of(c.arguments_word)), '', NULL, 0, 30,
       min(c.evidence_id), min(c.line)
FROM v_forward AS c
WHERE address_of(c.arguments_word) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = address_of(c.arguments_word))
GROUP BY 1;

INSERT INTO owner
SELECT address_of(s.value), 'upstream', s.value, '', NULL, 0, 30,
       min(s.evidence_id), min(s.line)
FROM setting AS s
WHERE s.source = 'resolv.conf' AND s.name LIKE 'nameserver%'
  AND address_of(s.value) IS NOT NULL
  AND substr(address_of(s.value), 1, 1) <> x'7f'
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = address_of(s.value))
GROUP BY 1;

-- A pod without a node lives where the most precise route to it leads: to a
-- local interface or a blackhole of the block on its own node, through the
-- tunnel address of its node on the others.
UPDATE owner SET node = r.node
FROM (SELECT w.address AS pod,
             coalesce(g.node, CASE WHEN t.gateway IS NULL THEN e.node END)
                 AS node,
             row_number() OVER (PARTITION BY w.address
                                ORDER BY t.prefix_length DESC,
                                         t.gateway IS NULL DESC) AS best
      FROM owner AS w
      JOIN route AS t ON t.prefix_length > 0
       AND address_in(w.address, t.destination, t.prefix_length)
      JOIN evidence AS e ON e.id = t.evidence_id AND e.netns = ''
      LEFT JOIN owner AS g ON g.address = t.gateway
      WHERE w.kind = 'pod' AND w.node IS NULL
        AND t.type IN ('unicast', 'blackhole')
        AND (t.gateway IS NULL OR g.node IS NOT NULL)) AS r
WHERE owner.address = r.pod AND owner.kind = 'pod' AND owner.node IS NULL
  AND r.best = 1;

-- An endpoint is a DNS server, whoever else names it.
UPDATE owner SET is_dns = 1
WHERE kind = 'pod' AND address IN (
    SELECT to_address FROM firewall_rule WHERE target = 'DNAT'
      AND to_port IN (SELECT port FROM dns_port));

-- What was taken inside a pod was taken on the pod's node.
UPDATE evidence SET node = w.node
FROM (SELECT owner, max(node) AS node FROM owner
      WHERE kind = 'pod' AND node IS NOT NULL
      GROUP BY owner HAVING count(DISTINCT node) = 1) AS w
WHERE evidence.node IS NULL AND evidence.netns <> ''
  AND evidence.netns = w.owner;
