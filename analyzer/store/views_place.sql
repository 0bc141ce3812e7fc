-- The stable face of the case file: what rules, tests and users query. Tables
-- may change behind it; columns here are added, never removed. Runs as it is
-- in the sqlite3 shell once the functions address_text(), time_text(), ref()
-- and regexp() exist (the program registers them).
--
-- Who and where: owners of addresses, interfaces, captures, names.

-- The best owner of each address.
CREATE VIEW v_owner AS
SELECT address, kind, owner, namespace, node, is_dns, evidence_id, line
FROM (SELECT *, row_number() OVER (PARTITION BY address
                                   ORDER BY rank, kind, owner, namespace) AS best
      FROM owner)
WHERE best = 1;

CREATE VIEW v_address AS
SELECT address_text(o.address) AS address, o.kind AS kind, o.owner AS owner,
       o.node AS node, ref(e.path, NULL, o.line) AS ref, o.rank AS rank
FROM owner AS o JOIN evidence AS e ON e.id = o.evidence_id;

CREATE VIEW v_evidence AS
SELECT path, kind, format, node, netns, interface, status, why, sha256,
       size_bytes, packets, facts, first_ns, last_ns, taken_ns, taken_is
FROM evidence;

-- What a host's interface is: 'tunnel' 'bridge' by its attributes.
CREATE VIEW v_link_kind AS
SELECT node, interface, kind
FROM (SELECT DISTINCT e.node AS node, s.interface AS interface,
             CASE WHEN s.value IN ('vxlan', 'geneve', 'ipip', 'gre', 'gretap',
                                   'sit', 'ip6tnl', 'ip6gre', 'vti',
                                   'wireguard', 'erspan', 'gue', 'fou')
                  THEN 'tunnel'
                  WHEN s.value = 'bridge' THEN 'bridge' END AS kind
      FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
      WHERE s.source = 'ip link' AND s.name = 'kind' AND e.netns = '')
WHERE kind IS NOT NULL;

-- One row for each place that a Corefile forwards to.
CREATE VIEW v_forward AS
WITH RECURSIVE word(evidence_id, line, owner, zone, options, arguments_word,
                    rest) AS (
    SELECT evidence_id, line, owner, zone, options, NULL,
           trim(arguments) || ' '
    FROM corefile WHERE plugin IN ('forward', 'proxy')
    UNION ALL
    SELECT evidence_id, line, owner, zone, options,
           substr(rest, 1, instr(rest, ' ') - 1),
           ltrim(substr(rest, instr(rest, ' ') + 1))
    FROM word WHERE instr(rest, ' ') > 1
)
SELECT evidence_id, line, owner, zone, options, arguments_word
FROM word WHERE arguments_word IS NOT NULL;

-- The zone of the cluster's own names, with the final dot: one row.
CREATE VIEW v_cluster_zone AS
SELECT coalesce(
    (SELECT rtrim(lower(CASE WHEN instr(trim(arguments), ' ') > 0
                 THEN substr(trim(arguments), 1, instr(trim(arguments), ' ') - 1)
                 ELSE trim(arguments) END), '.') || '.'
     FROM corefile
     WHERE plugin = 'kubernetes' AND trim(arguments) NOT LIKE '%.arpa %.%'
       AND trim(arguments) <> ''
     ORDER BY evidence_id, line LIMIT 1),
    (SELECT rtrim(lower(substr(rest, 1, instr(rest || ' ', ' ') - 1)), '.')
            || '.'
     FROM (SELECT substr(value, instr(value, ' svc.') + 5) AS rest,
                  evidence_id, line
           FROM setting WHERE source = 'resolv.conf' AND name = 'search'
             AND value LIKE '% svc.%')
     ORDER BY evidence_id, line LIMIT 1),
    'cluster.local.') AS zone;

-- What a capture's filter says, where the capture keeps it: whether it takes
-- the packets of one direction alone. NULL where it says nothing of that, or
-- looks into bytes (udp[10] & 0x80). "src or dst port" takes both.
CREATE VIEW v_capture_filter AS
SELECT evidence_id, number AS interface, coalesce(filter, '') AS filter,
       CASE WHEN coalesce(trim(filter), '') = '' THEN NULL
            WHEN filter REGEXP '(?i)\b(inbound|outbound)\b' THEN 1
            WHEN filter REGEXP '(?i)\b(src|dst) (or|and) (src|dst)\b' THEN 0
            WHEN filter REGEXP '(?i)\bsrc\b' AND filter REGEXP '(?i)\bdst\b'
            THEN filter NOT REGEXP '(?i)\bor\b|\|\|'
            WHEN filter REGEXP '(?i)\b(src|dst)\b' THEN 1
            WHEN filter REGEXP '\[' THEN NULL
            ELSE 0 END AS is_one_way
FROM capture_interface;

CREATE VIEW v_vantage AS
SELECT v.evidence_id AS evidence_id, v.interface AS interface,
       e.path AS path, v.node AS node, v.netns AS netns, v.name AS name,
       v.kind AS kind, v.pod AS pod, v.is_known_by AS is_known_by,
       e.first_ns AS first_ns, e.last_ns AS last_ns,
       v.sees_questions AS sees_questions, v.sees_answers AS sees_answers,
       v.sees_by AS sees_by
FROM vantage AS v JOIN evidence AS e ON e.id = v.evidence_id;

-- Nodes that have to do with a failure; with texts alone, every node.
CREATE VIEW v_node_fails AS
SELECT client_node AS node FROM v_failed WHERE client_node IS NOT NULL
UNION SELECT server_node FROM v_failed WHERE server_node IS NOT NULL
UNION
SELECT n.node
FROM (SELECT node FROM evidence WHERE node IS NOT NULL
      UNION SELECT name FROM kube_object WHERE kind = 'node') AS n
WHERE NOT EXISTS (SELECT 1 FROM exchange)
  AND EXISTS (SELECT 1 FROM v_symptom);

-- Endpoints at a port of DNS.
CREATE VIEW v_dns_endpoint AS
SELECT o.address, o.name, o.namespace, o.node, o.is_ready, o.evidence_id,
       o.line
FROM kube_object AS o
WHERE o.kind = 'endpoint' AND o.address IS NOT NULL
  AND EXISTS (SELECT 1 FROM dns_port AS q
              WHERE ',' || o.ports LIKE '%,' || q.port || '/%');
