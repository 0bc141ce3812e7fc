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
GROUP BY 1;

INSERT INTO owner
SELECT address_of(s.value), 'cache', 'node-local-dns', '', NULL, 1, 7,
       min(s.evidence_id), min(s.line)
FROM setting AS s
WHERE s.source = 'resolv.conf' AND s.name LIKE 'nameserver%'
  AND length(address_of(s.value)) = 4
  AND substr(address_of(s.value), 1, 2) = x'a9fe'
GROUP BY 1;

-- 10: what the cluster says.
INSERT INTO owner
SELECT o.address, 'pod', o.name, o.namespace, max(o.node),
       max(coalesce(o.app IN ('kube-dns', 'coredns', 'rke2-coredns',
                              'node-local-dns', 'dns-default'), 0)
           OR o.name LIKE '%coredns%' OR o.name LIKE 'kube-dns-%'
           OR o.name LIKE 'dns-default-%'
           OR EXISTS (SELECT 1 FROM kube_object AS p
                      WHERE p.kind = 'endpoint' AND p.address = o.address
                        AND (p.ports LIKE '53/%' OR p.ports LIKE '%,53/%'))),
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

INSERT INTO owner
SELECT o.address, 'node', o.name, '', o.name, 0, 10, min(o.evidence_id),
       min(o.line)
FROM kube_object AS o
WHERE o.kind = 'node' AND o.address IS NOT NULL
GROUP BY o.address, o.name;

INSERT INTO owner
SELECT o.address, 'pod', coalesce(max(o.target), o.name || ' endpoint'),
       o.namespace, max(o.node),
       max(coalesce(o.ports LIKE '53/%' OR o.ports LIKE '%,53/%', 0)), 12,
       min(o.evidence_id), min(o.line)
FROM kube_object AS o
WHERE o.kind = 'endpoint' AND o.address IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = o.address)
GROUP BY o.address;

-- 14: addresses of the hosts' interfaces; a tunnel device's is a tunnel's.
INSERT INTO owner
SELECT a.address,
       CASE WHEN EXISTS (
           SELECT 1 FROM v_link_kind AS k
           WHERE k.node = e.node AND k.interface = a.interface
             AND k.kind = 'tunnel')
       THEN 'tunnel' ELSE 'node' END,
       CASE WHEN EXISTS (
           SELECT 1 FROM v_link_kind AS k
           WHERE k.node = e.node AND k.interface = a.interface
             AND k.kind = 'tunnel')
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
WHERE r.chain = 'KUBE-SERVICES' AND r.destination_port = '53'
  AND address_of(r.destination) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = address_of(r.destination))
GROUP BY 1;

INSERT INTO owner
SELECT r.to_address, 'pod', address_text(r.to_address), '', NULL,
       max(coalesce(r.to_port = 53, 0)), 20, min(r.evidence_id), min(r.line)
FROM firewall_rule AS r
WHERE r.target = 'DNAT' AND r.to_address IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = r.to_address)
GROUP BY r.to_address;

-- 22: what connection tracking translated.
INSERT INTO owner
SELECT c.destination, 'service', address_text(c.destination), '', NULL, 1, 22,
       min(c.evidence_id), min(c.line)
FROM conntrack AS c
WHERE c.destination_port = 53 AND c.destination <> c.reply_source
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = c.destination)
GROUP BY c.destination;

INSERT INTO owner
SELECT c.reply_source, 'pod', address_text(c.reply_source), '', NULL, 1, 22,
       min(c.evidence_id), min(c.line)
FROM conntrack AS c
WHERE c.destination_port = 53 AND c.destination <> c.reply_source
  AND NOT EXISTS (SELECT 1 FROM owner AS w WHERE w.address = c.reply_source)
GROUP BY c.reply_source;

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
    SELECT to_address FROM firewall_rule WHERE target = 'DNAT' AND to_port = 53);
