-- The stable face of the case file: what rules, tests and users query. Tables
-- may change behind it; columns here are added, never removed. Runs as it is
-- in the sqlite3 shell once the functions address_text(), time_text() and
-- ref() exist (the program registers them).

-- ---------------------------------------------------------------------------
-- Who and where.

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

-- What a host's interface is: 'tunnel' 'bridge' 'uplink' by its attributes.
CREATE VIEW v_link_kind AS
SELECT DISTINCT e.node AS node, s.interface AS interface,
       CASE WHEN s.value IN ('vxlan', 'geneve', 'ipip', 'gre', 'gretap', 'sit',
                             'ip6tnl', 'ip6gre', 'vti', 'wireguard', 'erspan',
                             'gue', 'fou') THEN 'tunnel'
            WHEN s.value = 'bridge' THEN 'bridge' END AS kind
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
WHERE s.source = 'ip link' AND s.name = 'kind' AND e.netns = ''
  AND s.value IN ('vxlan', 'geneve', 'ipip', 'gre', 'gretap', 'sit', 'ip6tnl',
                  'ip6gre', 'vti', 'wireguard', 'erspan', 'gue', 'fou',
                  'bridge');

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

-- ---------------------------------------------------------------------------
-- Packets.

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

-- Tallies with the nodes at both ends and the direction seen from the place:
-- as the capture says, else by who owns the outermost source address.
CREATE VIEW v_checksum_place AS
SELECT t.evidence_id AS evidence_id, e.path AS path, v.node AS node,
       v.name AS interface, v.kind AS place, v.pod AS pod,
       CASE WHEN t.direction <> '' THEN t.direction
            WHEN v.kind = 'veth' AND s.owner = v.pod THEN 'in'
            WHEN v.kind = 'veth' THEN 'out'
            WHEN v.kind = 'pod' AND s.owner = v.pod THEN 'out'
            WHEN v.kind = 'pod' THEN 'in'
            WHEN s.node = v.node AND (d.node IS NULL OR d.node <> v.node)
            THEN 'out'
            WHEN d.node = v.node AND (s.node IS NULL OR s.node <> v.node)
            THEN 'in'
            ELSE '' END AS direction,
       s.node AS from_node, d.node AS to_node, t.depth AS depth,
       t.tunnel AS tunnel, t.layer AS layer, t.state AS state,
       t.packets AS packets, t.first_frame AS first_frame,
       t.last_frame AS last_frame
FROM checksum_tally AS t
JOIN evidence AS e ON e.id = t.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = t.evidence_id
                      AND v.interface = t.interface
LEFT JOIN v_owner AS s ON s.address = t.source
LEFT JOIN v_owner AS d ON d.address = t.destination;

CREATE VIEW v_checksum AS
SELECT path, node, interface, direction, depth, tunnel, layer, state,
       sum(packets) AS packets, min(first_frame) AS first_frame, pod
FROM v_checksum_place
GROUP BY path, node, pod, interface, direction, depth, tunnel, layer, state;

CREATE VIEW v_dns_exchange AS
SELECT e.path AS path, v.node AS node, v.name AS interface, d.depth AS depth,
       d.transport AS transport, address_text(d.client) AS client,
       d.client_port AS client_port, address_text(d.server) AS server,
       d.server_port AS server_port, d.dns_id AS id, d.qname AS qname,
       d.qtype AS qtype, d.asked_ns AS asked_ns, d.answered_ns AS answered_ns,
       d.answered_ns - d.asked_ns AS latency_ns, d.rcode AS rcode,
       d.attempts AS attempts, d.state AS state,
       CASE WHEN d.query_frame IS NOT NULL
            THEN ref(e.path, d.query_frame, NULL) END AS query_ref,
       CASE WHEN d.response_frame IS NOT NULL
            THEN ref(e.path, d.response_frame, NULL) END AS response_ref,
       d.query_checksum AS query_checksum,
       d.response_checksum AS response_checksum, d.reason AS reason
FROM dns_exchange AS d
JOIN evidence AS e ON e.id = d.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = d.evidence_id
                      AND v.interface = d.interface;

CREATE VIEW v_tcp_event AS
SELECT e.path AS path, v.node AS node, v.name AS interface, t.depth AS depth,
       t.kind AS kind, address_text(t.source) AS src,
       t.source_port AS src_port, address_text(t.destination) AS dst,
       t.destination_port AS dst_port, t.at_ns AS at_ns,
       ref(e.path, t.frame, NULL) AS ref, t.packet_bytes AS packet_bytes,
       t.checksum AS checksum
FROM tcp_event AS t
JOIN evidence AS e ON e.id = t.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = t.evidence_id
                      AND v.interface = t.interface;

-- Every packet of every exchange at every place, on the way from client to
-- server (stop 0 to 9). `packet` is the same for all sightings of one packet.
CREATE VIEW v_sighting AS
SELECT s.exchange_id || ' query' AS packet, s.exchange_id AS exchange_id,
       'query' AS what, e.path AS path, v.node AS node, v.name AS interface,
       v.kind AS place, d.query_direction AS direction, d.asked_ns AS at_ns,
       ref(e.path, d.query_frame, NULL) AS ref, d.depth AS depth,
       d.query_checksum AS checksum, d.query_outer_checksum AS outer_checksum,
       s.stop AS stop, address_text(d.client) AS src,
       d.client_port AS src_port, address_text(d.server) AS dst,
       d.server_port AS dst_port,
       CASE WHEN x.service IS NULL THEN ''
            WHEN d.server = x.service THEN 'before' ELSE 'after' END AS nat,
       v.pod AS pod
FROM sighting AS s
JOIN exchange AS x ON x.id = s.exchange_id
JOIN dns_exchange AS d ON s.source = 'dns' AND d.evidence_id = s.evidence_id
                      AND d.number = s.number
JOIN evidence AS e ON e.id = s.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = d.evidence_id
                      AND v.interface = d.interface
WHERE d.query_frame IS NOT NULL
UNION ALL
SELECT s.exchange_id || ' response', s.exchange_id, 'response', e.path, v.node,
       v.name, v.kind, d.response_direction, d.answered_ns,
       ref(e.path, d.response_frame, NULL), d.depth, d.response_checksum,
       d.response_outer_checksum, s.stop, address_text(d.server),
       d.server_port, address_text(d.client), d.client_port,
       CASE WHEN x.service IS NULL THEN ''
            WHEN d.server = x.service THEN 'after' ELSE 'before' END,
       v.pod
FROM sighting AS s
JOIN exchange AS x ON x.id = s.exchange_id
JOIN dns_exchange AS d ON s.source = 'dns' AND d.evidence_id = s.evidence_id
                      AND d.number = s.number
JOIN evidence AS e ON e.id = s.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = d.evidence_id
                      AND v.interface = d.interface
WHERE d.response_frame IS NOT NULL
UNION ALL
SELECT s.exchange_id || ' syn', s.exchange_id, 'syn', e.path, v.node, v.name,
       v.kind, t.syn_direction, t.syn_ns, ref(e.path, t.syn_frame, NULL),
       t.depth, t.syn_checksum, t.syn_outer_checksum, s.stop,
       address_text(t.client), t.client_port, address_text(t.server),
       t.server_port,
       CASE WHEN x.service IS NULL THEN ''
            WHEN t.server = x.service THEN 'before' ELSE 'after' END,
       v.pod
FROM sighting AS s
JOIN exchange AS x ON x.id = s.exchange_id
JOIN tcp_connection AS t ON s.source = 'tcp'
                        AND t.evidence_id = s.evidence_id
                        AND t.number = s.number
JOIN evidence AS e ON e.id = s.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = t.evidence_id
                      AND v.interface = t.interface
WHERE t.syn_frame IS NOT NULL
UNION ALL
SELECT s.exchange_id || ' syn-ack', s.exchange_id, 'syn-ack', e.path, v.node,
       v.name, v.kind, t.syn_ack_direction, t.syn_ack_ns,
       ref(e.path, t.syn_ack_frame, NULL), t.depth, t.syn_ack_checksum,
       t.syn_ack_outer_checksum, s.stop, address_text(t.server),
       t.server_port, address_text(t.client), t.client_port,
       CASE WHEN x.service IS NULL THEN ''
            WHEN t.server = x.service THEN 'after' ELSE 'before' END,
       v.pod
FROM sighting AS s
JOIN exchange AS x ON x.id = s.exchange_id
JOIN tcp_connection AS t ON s.source = 'tcp'
                        AND t.evidence_id = s.evidence_id
                        AND t.number = s.number
JOIN evidence AS e ON e.id = s.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = t.evidence_id
                      AND v.interface = t.interface
WHERE t.syn_ack_frame IS NOT NULL;

-- Handshake packets that came to their receiver's node from another node with
-- an unfinished checksum, and whether the receiver went on.
CREATE VIEW v_partial_handshake AS
SELECT v.node AS node, s.node AS from_node, t.evidence_id AS evidence_id,
       t.syn_ack_frame AS frame, t.is_established AS is_accepted
FROM tcp_connection AS t
JOIN vantage AS v ON v.evidence_id = t.evidence_id
                 AND v.interface = t.interface
JOIN v_owner AS c ON c.address = t.client AND c.node = v.node
JOIN v_owner AS s ON s.address = t.server AND s.node <> v.node
WHERE v.kind IN ('uplink', 'tunnel') AND t.syn_ack_checksum = 'partial'
  AND (t.depth > 0 OR v.kind = 'tunnel')
UNION ALL
SELECT v.node, c.node, t.evidence_id, t.syn_frame, t.syn_acks > 0
FROM tcp_connection AS t
JOIN vantage AS v ON v.evidence_id = t.evidence_id
                 AND v.interface = t.interface
JOIN v_owner AS s ON s.address = t.server AND s.node = v.node
JOIN v_owner AS c ON c.address = t.client AND c.node <> v.node
WHERE v.kind IN ('uplink', 'tunnel') AND t.syn_checksum = 'partial'
  AND (t.depth > 0 OR v.kind = 'tunnel');

-- Wrong TCP and UDP checksums of packets inside a tunnel, at the node that
-- receives them.
CREATE VIEW v_inner_defect AS
SELECT v.node AS node, s.node AS from_node, v.name AS interface,
       e.path AS path, d.frame AS frame, d.at_ns AS at_ns, d.layer AS layer,
       d.stored AS stored, d.correct AS correct, d.pseudo AS pseudo,
       d.source AS source, d.destination AS destination
FROM checksum_defect AS d
JOIN evidence AS e ON e.id = d.evidence_id
JOIN vantage AS v ON v.evidence_id = d.evidence_id
                 AND v.interface = d.interface
                 AND v.kind IN ('uplink', 'tunnel')
JOIN v_owner AS s ON s.address = d.source
JOIN v_owner AS r ON r.address = d.destination AND r.node = v.node
WHERE d.layer IN ('tcp', 'udp') AND d.tunnel = ''
  AND (d.depth > 0 OR v.kind = 'tunnel') AND s.node <> v.node;

-- TCP and UDP checksums of what came to a node through the tunnel: the outer
-- UDP header at its uplink, and the inner ones there and on the tunnel device.
CREATE VIEW v_tunnel_arrival AS
SELECT path, node, from_node, interface, place, layer, depth, state, packets,
       first_frame
FROM v_checksum_place AS c
WHERE layer IN ('tcp', 'udp') AND direction = 'in'
  AND from_node IS NOT NULL AND from_node <> node
  AND (place = 'tunnel'
       OR (place = 'uplink'
           AND (depth > 0
                OR (layer = 'udp'
                    AND EXISTS (SELECT 1 FROM v_tunnel_flow AS f
                                WHERE f.evidence_id = c.evidence_id
                                  AND f.from_node = c.from_node
                                  AND f.to_node = c.node)
                    AND state NOT IN ('ok', 'zero', 'partial')))));

-- Wrong checksums of tunnel headers where they leave. is_nat_like: another
-- source port, one of the ephemeral range, makes the stored value right.
CREATE VIEW v_tunnel_header_defect AS
SELECT v.node AS node, s.node AS from_node, r.node AS to_node,
       e.path AS path, d.frame AS frame, d.at_ns AS at_ns,
       d.stored AS stored, d.correct AS correct,
       d.source_port AS source_port, d.solved_port AS solved_port,
       d.inner_state AS inner_state,
       coalesce(d.solved_port BETWEEN 32768 AND 60999
                AND d.solved_port <> d.source_port, 0) AS is_nat_like
FROM checksum_defect AS d
-- CROSS JOIN keeps the order: by node, owners would be paired with owners
CROSS JOIN evidence AS e ON e.id = d.evidence_id
CROSS JOIN vantage AS v ON v.evidence_id = d.evidence_id
                       AND v.interface = d.interface AND v.kind = 'uplink'
CROSS JOIN v_owner AS s ON s.address = d.source AND s.node = v.node
CROSS JOIN v_owner AS r ON r.address = d.destination
WHERE d.layer = 'udp' AND d.tunnel <> '' AND d.depth = 0;

-- UDP ports that tunnels of this bundle use.
CREATE VIEW v_tunnel_port AS
SELECT 4789 AS port UNION SELECT 8472 UNION SELECT 6081
UNION SELECT CAST(value AS INTEGER) FROM setting
WHERE source = 'ip link' AND name LIKE '%.dstport'
  AND CAST(value AS INTEGER) BETWEEN 1 AND 65535;

-- Tunnel devices of hosts.
CREATE VIEW v_tunnel_link AS
SELECT node, interface FROM v_link_kind WHERE kind = 'tunnel'
UNION SELECT node, name FROM vantage
WHERE kind = 'tunnel' AND node IS NOT NULL AND name IS NOT NULL;

-- Tunnel packets between two nodes as each end's uplink saw them.
CREATE VIEW v_tunnel_flow AS
SELECT v.node AS node, s.node AS from_node, d.node AS to_node,
       t.tunnel AS tunnel, t.packets AS packets, t.bytes_max AS bytes_max,
       t.first_ns AS first_ns, t.last_ns AS last_ns,
       e.first_ns AS capture_first_ns, e.last_ns AS capture_last_ns,
       e.path AS path, t.first_frame AS first_frame,
       t.evidence_id AS evidence_id, t.interface AS interface
FROM traffic AS t
CROSS JOIN evidence AS e ON e.id = t.evidence_id
CROSS JOIN vantage AS v ON v.evidence_id = t.evidence_id
                       AND v.interface = t.interface AND v.kind = 'uplink'
CROSS JOIN v_owner AS s ON s.address = t.source
CROSS JOIN v_owner AS d ON d.address = t.destination
WHERE t.tunnel <> '' AND t.depth = 0 AND s.node IS NOT NULL
  AND d.node IS NOT NULL AND s.node <> d.node;

-- Captures at uplinks that would have taken a tunnel's packets: they hold
-- some, if only their node's own, or their filter names the tunnel. Any other
-- may have had a filter that leaves them out, which no file but pcapng keeps.
CREATE VIEW v_tunnel_watch AS
SELECT v.node AS node, v.evidence_id AS evidence_id, v.interface AS interface,
       e.path AS path, t.tunnel AS tunnel, e.first_ns AS first_ns,
       e.last_ns AS last_ns
FROM vantage AS v
JOIN evidence AS e ON e.id = v.evidence_id
JOIN (SELECT evidence_id, interface, tunnel FROM traffic
      WHERE tunnel <> '' AND depth = 0
      UNION
      SELECT c.evidence_id, c.number, k.tunnel
      FROM capture_interface AS c
      JOIN (SELECT 'vxlan' AS tunnel, '\b(4789|8472)\b' AS words
            UNION ALL SELECT 'geneve', '\b6081\b'
            UNION ALL SELECT 'ipip', '\b(proto 4|ipip)\b'
            UNION ALL SELECT 'gre', '\b(proto 47|gre)\b') AS k
        ON c.filter REGEXP k.words
      WHERE c.filter NOT REGEXP '(?i)\bnot\b|!') AS t
  ON t.evidence_id = v.evidence_id AND t.interface = v.interface
WHERE v.kind = 'uplink'
  AND NOT EXISTS (SELECT 1 FROM v_capture_filter AS f
                  WHERE f.evidence_id = v.evidence_id
                    AND f.interface = v.interface AND f.is_one_way = 1);

-- How many tunnel packets left a node for another and how many arrived, of
-- those sent while the captures at both uplinks were running. The captures
-- overlap by time of packets; a minute of slack is not needed, as both are
-- compared over the same stretch.
CREATE VIEW v_tunnel_delivery AS
SELECT sent.from_node AS from_node, sent.to_node AS to_node,
       sent.packets AS sent,
       coalesce((SELECT min(max(a.packets), sent.packets) FROM
            (SELECT sum(f.packets) AS packets FROM v_tunnel_flow AS f
             WHERE f.node = f.to_node AND f.from_node = sent.from_node
               AND f.to_node = sent.to_node
               AND f.capture_last_ns >= sent.first_ns
               AND f.capture_first_ns <= sent.last_ns
             GROUP BY f.evidence_id, f.interface) AS a), 0) AS arrived,
       ref(sent.path, sent.first_frame, NULL) AS ref
FROM (SELECT f.*, row_number() OVER (
          PARTITION BY f.from_node, f.to_node
          ORDER BY f.packets DESC, f.path) AS best
      FROM v_tunnel_flow AS f
      WHERE f.node = f.from_node) AS sent
WHERE sent.best = 1
  AND EXISTS (SELECT 1 FROM v_tunnel_watch AS w
              WHERE w.node = sent.to_node AND w.tunnel = sent.tunnel
                AND w.first_ns <= sent.last_ns AND w.last_ns >= sent.first_ns);

-- ---------------------------------------------------------------------------
-- Texts.

CREATE VIEW v_counter AS
SELECT e.node AS node, e.netns AS netns, c.source AS source,
       c.interface AS interface, c.name AS name, e.taken_ns AS at_ns,
       c.value AS value, ref(e.path, NULL, c.line) AS ref
FROM counter AS c JOIN evidence AS e ON e.id = c.evidence_id;

-- Growth between readings that follow each other on one namespace. A counter
-- that went back was reset: no delta.
CREATE VIEW v_counter_delta AS
SELECT node, netns, source, interface, name, from_ns, at_ns, "from", "to",
       "to" - "from" AS delta, from_ref, to_ref
FROM (SELECT e.node AS node, e.netns AS netns, c.source AS source,
             c.interface AS interface, c.name AS name,
             lag(e.taken_ns) OVER w AS from_ns, e.taken_ns AS at_ns,
             lag(c.value) OVER w AS "from", c.value AS "to",
             lag(ref(e.path, NULL, c.line)) OVER w AS from_ref,
             ref(e.path, NULL, c.line) AS to_ref
      FROM counter AS c JOIN evidence AS e ON e.id = c.evidence_id
      WHERE e.taken_ns IS NOT NULL AND e.node IS NOT NULL
      WINDOW w AS (PARTITION BY e.node, e.netns, c.source, c.interface, c.name
                   ORDER BY e.taken_ns, e.id))
WHERE "from" IS NOT NULL AND "to" >= "from";

CREATE VIEW v_log_event AS
SELECT e.path AS path, l.line AS line, coalesce(l.node, e.node) AS node,
       coalesce(l.pod, (SELECT max(c.value) FROM clue AS c
                        WHERE c.evidence_id = e.id AND c.name = 'pod')) AS pod,
       l.at_ns AS at_ns, l.earliest_ns AS earliest_ns,
       l.latest_ns AS latest_ns, l.time_is AS time_is,
       l.severity AS severity, l.source AS source, l.event AS event,
       l.qname AS qname, l.qtype AS qtype,
       address_text(l.upstream) AS upstream, l.upstream_port AS upstream_port,
       l.operation AS operation, l.transport AS transport, l.error AS error,
       l.rcode AS rcode, l.duration_ns AS duration_ns, l.message AS message,
       ref(e.path, NULL, l.line) AS ref, l.upstream AS upstream_address
FROM log_event AS l JOIN evidence AS e ON e.id = l.evidence_id;

CREATE VIEW v_setting AS
SELECT e.node AS node, e.netns AS netns, s.interface AS interface,
       s.source AS source, s.name AS name, s.value AS value,
       s.is_fixed AS fixed, e.taken_ns AS at_ns,
       ref(e.path, NULL, s.line) AS ref
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id;

-- Settings that matter and differ between readings that follow each other.
-- tx-checksumming is the summary of the others: it speaks only where they are
-- not given.
CREATE VIEW v_change AS
SELECT from_ns AS earliest_ns, at_ns AS latest_ns,
       source || ' ' || CASE WHEN interface <> '' THEN interface || ' '
                             ELSE '' END
       || name || ': ' || "from" || ' -> ' || "to" AS what,
       from_ref AS before_ref, to_ref AS after_ref, node, source, interface,
       name, "from", "to"
FROM (SELECT e.node AS node, s.source AS source, s.interface AS interface,
             s.name AS name, lag(e.taken_ns) OVER w AS from_ns,
             e.taken_ns AS at_ns, lag(s.value) OVER w AS "from",
             s.value AS "to", lag(ref(e.path, NULL, s.line)) OVER w AS from_ref,
             ref(e.path, NULL, s.line) AS to_ref
      FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
      WHERE e.taken_ns IS NOT NULL AND e.node IS NOT NULL AND e.netns = ''
        AND ((s.source = 'ethtool -k'
              AND (s.name IN ('tx-checksum-ip-generic', 'tx-checksum-ipv4')
                   OR (s.name = 'tx-checksumming'
                       AND NOT EXISTS (
                           SELECT 1 FROM setting AS g
                           WHERE g.evidence_id = s.evidence_id
                             AND g.interface = s.interface
                             AND g.name = 'tx-checksum-ip-generic'))))
          OR (s.source = 'ip link'
              AND s.name IN ('mtu', 'vxlan.udpcsum', 'vxlan.dstport',
                             'vxlan.id', 'vxlan.local'))
          OR (s.source = 'sysctl'
              AND (s.name LIKE '%.rp_filter'
                   OR s.name = 'net.ipv4.ip_forward')))
      WINDOW w AS (PARTITION BY e.node, s.source, s.interface, s.name
                   ORDER BY e.taken_ns, e.id))
WHERE "from" IS NOT NULL AND "from" <> "to";

-- ---------------------------------------------------------------------------
-- Exchanges.

CREATE VIEW v_exchange AS
SELECT x.*, address_text(x.client) AS client_text,
       address_text(x.server) AS server_text,
       ref(e.path, x.frame, NULL) AS ref
FROM exchange AS x JOIN evidence AS e ON e.id = x.evidence_id;

CREATE VIEW v_reachability AS
SELECT leg, client_node, client, server_node, path, via, transport, phase,
       asked, answered, failed, late, retried, p50_ms, p99_ms
FROM reachability;

-- Failures that count: the resolvers' own probes (HINFO of the loop plugin,
-- `. NS` of health checks) are effects, never the complaint.
CREATE VIEW v_failed AS
SELECT * FROM v_exchange
WHERE outcome IN ('failed', 'late')
  AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS');

CREATE VIEW v_answered AS
SELECT * FROM v_exchange
WHERE outcome = 'answered'
  AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS');

-- From node to node, the questions of the legs that leave a process (not
-- those to the cache on the same node).
CREATE VIEW v_pair AS
SELECT client_node, server_node, path, phase, count(*) AS asked,
       sum(outcome = 'answered') AS answered,
       sum(outcome IN ('failed', 'late')) AS failed
FROM exchange
WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown'
  AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS')
  AND client_node IS NOT NULL AND server_node IS NOT NULL
GROUP BY client_node, server_node, path, phase;

-- Each DNS endpoint: what was asked of it and what became of it.
CREATE VIEW v_endpoint_count AS
SELECT address_text(x.server) AS server, max(x.server_node) AS server_node,
       count(*) AS asked, sum(x.outcome = 'answered') AS answered,
       sum(x.failure IS 'refused') AS refused,
       sum(x.server_sent_answer IS 1) AS sent_answers,
       count(DISTINCT x.client_node) AS clients,
       min(CASE WHEN x.server_sent_answer = 1
                THEN ref(e.path, x.frame, NULL) END) AS answer_ref
FROM exchange AS x
CROSS JOIN evidence AS e ON e.id = x.evidence_id
CROSS JOIN v_owner AS w ON w.address = x.server AND (w.kind = 'pod' OR w.is_dns)
                 AND w.kind <> 'service'
WHERE x.leg IN ('client-to-dns', 'cache-to-dns') AND x.outcome <> 'unknown'
GROUP BY x.server;

CREATE VIEW v_upstream_count AS
SELECT address_text(x.server) AS server, count(*) AS asked,
       sum(x.outcome = 'answered') AS answered,
       sum(x.outcome IN ('failed', 'late')) AS failed
FROM exchange AS x
WHERE x.leg = 'dns-to-upstream' AND x.outcome <> 'unknown'
GROUP BY x.server;

-- Addresses that the DNS service sends to and where no ready pod is.
CREATE VIEW v_endpoint_without_pod AS
WITH endpoint(address, ref) AS (
    SELECT r.to_address, min(ref(e.path, NULL, r.line))
    FROM firewall_rule AS r JOIN evidence AS e ON e.id = r.evidence_id
    WHERE r.target = 'DNAT' AND r.to_port = 53 AND r.to_address IS NOT NULL
    GROUP BY r.to_address
    UNION ALL
    SELECT o.address, min(ref(e.path, NULL, o.line))
    FROM kube_object AS o JOIN evidence AS e ON e.id = o.evidence_id
    WHERE o.kind = 'endpoint' AND o.address IS NOT NULL
      AND (o.ports LIKE '53/%' OR o.ports LIKE '%,53/%')
      AND coalesce(o.is_ready, 1) = 1
    GROUP BY o.address
)
SELECT address_text(p.address) AS endpoint, p.ref AS ref,
       coalesce((SELECT 'pod ' || o.name || ' is ' || coalesce(o.phase, '?')
                        || CASE WHEN o.is_ready = 0 THEN ', not ready'
                                ELSE '' END
                 FROM kube_object AS o
                 WHERE o.kind = 'pod' AND o.address = p.address
                 ORDER BY o.is_ready, o.phase LIMIT 1),
                'no pod has this address') AS state,
       (SELECT w.node FROM v_owner AS w WHERE w.address = p.address) AS node
FROM endpoint AS p
WHERE NOT EXISTS (SELECT 1 FROM kube_object AS o
                  WHERE o.kind = 'pod' AND o.address = p.address
                    AND coalesce(o.is_ready, 1) = 1
                    AND coalesce(o.phase, 'Running') = 'Running')
  -- a list of other namespaces' pods says nothing of who is not in it
  AND EXISTS (SELECT 1 FROM kube_object AS o
              WHERE o.kind = 'pod'
                AND (o.address = p.address OR o.namespace = 'kube-system'
                     OR o.namespace IN (SELECT w.namespace FROM owner AS w
                                        WHERE w.is_dns = 1
                                          AND w.namespace <> '')))
  -- a host-network server has its node's address
  AND NOT EXISTS (SELECT 1 FROM kube_object AS o
                  WHERE o.kind = 'node' AND o.address = p.address);

-- Retransmissions between nodes where they were sent: at the capture nearest
-- to the sender, each packet once.
CREATE VIEW v_retransmission AS
SELECT from_node, to_node, path, sum(syn) AS syn, sum(data) AS data,
       sum(segments) AS segments, min(ref) AS ref
FROM (SELECT c.node AS from_node, s.node AS to_node,
             CASE WHEN c.node = s.node THEN 'same-node' ELSE 'cross-node' END
                 AS path,
             max(t.syns) - 1 AS syn, max(t.client_retransmissions) AS data,
             max(t.client_packets) AS segments,
             min(ref(e.path, coalesce(t.last_syn_frame, t.first_frame), NULL))
                 AS ref
      FROM tcp_connection AS t
      JOIN evidence AS e ON e.id = t.evidence_id
      JOIN v_owner AS c ON c.address = t.client
      JOIN v_owner AS s ON s.address = t.server
      WHERE t.server_port = 53 AND c.node IS NOT NULL AND s.node IS NOT NULL
      GROUP BY t.identity, c.node, s.node)
GROUP BY from_node, to_node, path
HAVING sum(syn) + sum(data) > 0;

-- ---------------------------------------------------------------------------
-- What the verdict rests on (see diagnose/verdict.h).

CREATE VIEW v_wellbeing AS
SELECT (SELECT count(*) FROM v_answered) AS answered,
       (SELECT count(*) FROM v_failed) AS failed,
       (SELECT count(*) FROM v_log_event
        WHERE event = 'query'
          AND rcode IN ('NOERROR', 'NXDOMAIN')) AS logged_answers;

-- One row for each kind of failure beyond noise: three, and one in a hundred
-- of what was asked on that leg - or on one path between nodes, which may be
-- broken while many others work.
CREATE VIEW v_symptom AS
SELECT leg || ' ' || coalesce(failure, outcome) AS symptom,
       CASE leg WHEN 'client-to-cache' THEN 'questions to the node-local cache'
                WHEN 'cache-to-dns' THEN 'questions of the cache to cluster DNS'
                WHEN 'client-to-dns' THEN 'questions of clients to cluster DNS'
                WHEN 'dns-to-upstream' THEN 'questions to upstream resolvers'
                ELSE 'other DNS questions' END
       || ' failed: ' || coalesce(failure, outcome) AS title,
       count(*) AS failed, min(ref) AS ref
FROM v_failed
GROUP BY leg, failure, outcome
HAVING count(*) >= 3
   AND (count(*) * 100 >= (SELECT count(*) FROM exchange AS a
                           WHERE a.leg = v_failed.leg)
        OR EXISTS (SELECT 1 FROM v_pair AS p
                   WHERE p.failed >= 3 AND p.failed * 10 >= p.asked))
UNION ALL
SELECT 'log ' || coalesce(error, event),
       source || ' logged errors: ' || coalesce(error, event), count(*),
       min(ref)
FROM v_log_event
WHERE event = 'error' AND error IN ('timeout', 'refused', 'unreachable',
                                    'no-route', 'not-permitted')
  AND coalesce(qtype, '') <> 'HINFO'
  -- with captures these speak, but where they show no failure at all while
  -- the servers logged some, they stood at the wrong places
  AND NOT EXISTS (SELECT 1 FROM v_failed)
  AND (NOT EXISTS (SELECT 1 FROM exchange)
       OR at_ns BETWEEN (SELECT min(asked_ns) - 60000000000 FROM exchange)
                    AND (SELECT max(asked_ns) + 60000000000 FROM exchange))
GROUP BY source, error, event
HAVING count(*) >= 3
UNION ALL SELECT symptom, title, failed, ref FROM v_text_symptom;

CREATE VIEW v_scope AS
SELECT DISTINCT client_node, server_node, transport, client_kind AS client
FROM v_failed WHERE leg <> 'client-to-cache';

-- The failures' time, and when they stopped for good: the start of the first
-- phase after the last failing one in which the same pairs are answered.
CREATE VIEW v_window AS
SELECT f.start_ns AS start_ns, f.end_ns AS end_ns,
       (SELECT min(p.start_ns) FROM phase AS p
        WHERE p.number > f.last_phase
          AND EXISTS (SELECT 1 FROM v_answered AS a
                      WHERE a.phase = p.number AND a.path = 'cross-node')
          AND NOT EXISTS (SELECT 1 FROM v_failed AS n
                          WHERE n.phase >= p.number)) AS fixed_ns
FROM (SELECT min(asked_ns) AS start_ns, max(last_asked_ns) AS end_ns,
             max(phase) AS last_phase
      FROM v_failed) AS f;

-- What evidence there is. Rules name these in `needs`.
CREATE VIEW v_available AS
SELECT 'questions' AS need,
       EXISTS (SELECT 1 FROM exchange) AS is_there,
       'A capture with DNS questions' AS what,
       'tcpdump -i any -w NODE_any.pcap port 53 or udp port 4789 or udp port 8472' AS collect
UNION ALL SELECT 'cross-node-questions',
       EXISTS (SELECT 1 FROM exchange WHERE path = 'cross-node'),
       'A capture with DNS questions between two nodes',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 or proto 4'
UNION ALL SELECT 'same-node-questions',
       EXISTS (SELECT 1 FROM exchange WHERE path = 'same-node'
               AND leg <> 'client-to-cache'),
       'A capture on a node that runs a DNS pod, with questions of that node',
       'tcpdump -i any -w NODE_any.pcap port 53'
UNION ALL SELECT 'cache-questions',
       (SELECT count(*) FROM exchange WHERE leg = 'client-to-cache') >= 5,
       'A capture with questions of pods to the node-local cache',
       'tcpdump -i any -w NODE_any.pcap port 53'
UNION ALL SELECT 'tunnel-arrivals',
       EXISTS (SELECT 1 FROM v_checksum_place
               WHERE place IN ('uplink', 'tunnel') AND direction = 'in'
                 AND from_node IS NOT NULL AND from_node <> node),
       'A capture at the receiving node (uplink or tunnel device)',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 (on the receiving node)'
UNION ALL SELECT 'tunnel-departures',
       EXISTS (SELECT 1 FROM v_tunnel_flow WHERE node = from_node),
       'A capture at the sending node''s uplink',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 (on the sending node)'
UNION ALL SELECT 'both-ends',
       EXISTS (SELECT 1 FROM v_tunnel_flow AS a
               JOIN v_tunnel_watch AS w
               ON w.node = a.to_node AND w.tunnel = a.tunnel
               AND w.first_ns <= a.last_ns AND w.last_ns >= a.first_ns
               WHERE a.node = a.from_node),
       'Captures at the uplinks of both nodes at the same time',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 (on both nodes at once)'
UNION ALL SELECT 'counter-deltas',
       EXISTS (SELECT 1 FROM v_counter_delta
               WHERE name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors')),
       'Two readings of the checksum counters of a node',
       'netstat -s > NODE/1/netstat-s.txt; sleep 60; netstat -s > NODE/2/netstat-s.txt'
UNION ALL SELECT 'conntrack-table',
       EXISTS (SELECT 1 FROM conntrack),
       'The connection tracking table of a node', 'conntrack -L'
UNION ALL SELECT 'conntrack-deltas',
       EXISTS (SELECT 1 FROM v_counter_delta WHERE name LIKE 'conntrack.%'),
       'Two readings of the connection tracking counters',
       'conntrack -S > 1.txt; sleep 60; conntrack -S > 2.txt'
UNION ALL SELECT 'firewall-rules',
       EXISTS (SELECT 1 FROM firewall_rule),
       'The packet filter rules of a node', 'iptables-save -c'
UNION ALL SELECT 'pods',
       EXISTS (SELECT 1 FROM kube_object WHERE kind = 'pod'),
       'The list of pods', 'kubectl get pods -A -o wide'
UNION ALL SELECT 'endpoints',
       EXISTS (SELECT 1 FROM kube_object WHERE kind = 'endpoint')
       OR EXISTS (SELECT 1 FROM firewall_rule WHERE target = 'DNAT'),
       'The endpoints of the DNS service',
       'kubectl get endpoints,endpointslices -A -o json; iptables-save -t nat'
UNION ALL SELECT 'dns-logs',
       EXISTS (SELECT 1 FROM log_event
               WHERE source IN ('coredns', 'node-cache')),
       'Logs of CoreDNS or node-local DNS',
       'kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps'
UNION ALL SELECT 'upstream-questions',
       EXISTS (SELECT 1 FROM exchange WHERE leg = 'dns-to-upstream'),
       'A capture with questions to the upstream resolvers',
       'tcpdump -i any -w NODE_any.pcap port 53'
UNION ALL SELECT 'answer-sizes',
       EXISTS (SELECT 1 FROM exchange WHERE response_bytes IS NOT NULL
               AND path = 'cross-node'),
       'A capture that saw answers cross between nodes',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472'
UNION ALL SELECT 'two-phases',
       (SELECT count(*) FROM phase) > 1,
       'Evidence from before and after a change',
       'repeat the capture after: ethtool --offload TUNNEL rx off tx off'
UNION ALL SELECT 'offload-settings',
       EXISTS (SELECT 1 FROM setting WHERE source = 'ethtool -k'),
       'The offload settings of the tunnel device', 'ethtool -k TUNNEL'
UNION ALL SELECT 'link-settings',
       EXISTS (SELECT 1 FROM setting WHERE source = 'ip link'),
       'The attributes of the tunnel device', 'ip -d link show TUNNEL'
UNION ALL SELECT 'logs',
       EXISTS (SELECT 1 FROM evidence WHERE kind = 'log'),
       'Logs of the DNS servers, the network plugin and the kernel',
       'kubectl logs -n kube-system --timestamps POD; dmesg -T'
UNION ALL SELECT 'kernel-log',
       EXISTS (SELECT 1 FROM log_event WHERE source = 'kernel')
       OR EXISTS (SELECT 1 FROM evidence
                  WHERE kind = 'log' AND path LIKE '%dmesg%'),
       'The kernel log of the nodes', 'dmesg -T'
UNION ALL SELECT 'drivers',
       EXISTS (SELECT 1 FROM setting
               WHERE source = 'ethtool -i' AND name = 'driver'),
       'The drivers of the network cards', 'ethtool -i UPLINK'
UNION ALL SELECT 'card-counter-deltas',
       EXISTS (SELECT 1 FROM v_counter_delta WHERE source = 'ethtool -S'),
       'Two readings of the network card''s own counters',
       'ethtool -S UPLINK > 1.txt; sleep 60; ethtool -S UPLINK > 2.txt'
UNION ALL SELECT 'firewall-deltas',
       EXISTS (SELECT 1 FROM v_drop_growth WHERE readings > 1),
       'Two readings of the packet filter with its counters',
       'iptables-save -c > 1.txt; sleep 60; iptables-save -c > 2.txt'
UNION ALL SELECT 'reverse-path-counter',
       EXISTS (SELECT 1 FROM v_counter_delta
               WHERE name = 'TcpExt.IPReversePathFilter'),
       'Two readings of the reverse path filter''s counter',
       'nstat -az TcpExtIPReversePathFilter; sleep 60; nstat -az TcpExtIPReversePathFilter'
UNION ALL SELECT 'corefile',
       EXISTS (SELECT 1 FROM corefile),
       'The configuration of the DNS servers',
       'kubectl -n kube-system get configmap coredns -o yaml'
UNION ALL SELECT 'sysctls',
       EXISTS (SELECT 1 FROM setting WHERE source = 'sysctl'),
       'The kernel settings of the nodes', 'sysctl -a'
UNION ALL SELECT 'neighbours',
       EXISTS (SELECT 1 FROM neighbour),
       'The neighbour and forwarding tables of the nodes',
       'ip neigh show; bridge fdb show'
UNION ALL SELECT 'tunnel-macs',
       EXISTS (SELECT 1 FROM v_vtep_mac) AND EXISTS (SELECT 1 FROM v_vtep_belief),
       'The MAC address of each tunnel device and what the others hold for it',
       'ip -d link show TUNNEL; ip neigh show dev TUNNEL; bridge fdb show dev TUNNEL (on each node)'
UNION ALL SELECT 'nodes',
       EXISTS (SELECT 1 FROM kube_object WHERE kind = 'node'),
       'The list of nodes', 'kubectl get nodes -o json'
UNION ALL SELECT 'node-annotations',
       EXISTS (SELECT 1 FROM setting WHERE source = 'node annotation'),
       'The nodes with what the network plugin noted on them',
       'kubectl get nodes -o json'
UNION ALL SELECT 'routes',
       EXISTS (SELECT 1 FROM route), 'The routes of the nodes',
       'ip route show; ip rule show'
UNION ALL SELECT 'pings',
       EXISTS (SELECT 1 FROM probe WHERE tool = 'ping')
       OR EXISTS (SELECT 1 FROM traffic WHERE protocol IN (1, 58)),
       'A ping from one node''s pod to a pod on another node',
       'kubectl exec POD -- ping -c 5 POD-ADDRESS-ON-ANOTHER-NODE';

-- What is missing and would matter, whatever the verdict.
CREATE VIEW v_gap AS
SELECT 'No capture at ' || n.node || '''s uplink' AS what,
       'cannot tell whether packets to and from ' || n.node
       || ' are lost before or after its network card' AS so,
       'tcpdump -i UPLINK -w ' || n.node
       || '_uplink.pcap udp port 4789 or udp port 8472' AS collect
FROM (SELECT client_node AS node FROM v_failed WHERE path = 'cross-node'
      UNION SELECT server_node FROM v_failed WHERE path = 'cross-node') AS n
WHERE n.node IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM vantage AS v
                  WHERE v.node = n.node AND v.kind = 'uplink')
UNION ALL
SELECT 'No two readings of the counters of ' || n.node,
       'cannot compare the losses seen with what ' || n.node
       || ' counted as dropped',
       'netstat -s; sleep 60; netstat -s (on ' || n.node || ')'
FROM (SELECT client_node AS node FROM v_failed WHERE path = 'cross-node'
      UNION SELECT server_node FROM v_failed WHERE path = 'cross-node') AS n
WHERE n.node IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM v_counter_delta AS d
                  WHERE d.node = n.node AND d.netns = ''
                    AND d.name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors'))
UNION ALL
SELECT 'No answers in the capture ' || w.path,
       'cannot tell whether ' || w.questions
       || ' questions seen there alone were answered'
       || CASE w.sees_by
          WHEN 'filter' THEN ': its filter (' || w.filter
                             || ') leaves the answers out'
          WHEN 'connection' THEN ': clients acknowledge what is not in it,'
                                 || ' so that its filter left the answers out'
          WHEN 'other place' THEN ': answers that passed there are not in'
                                  || ' it, its filter left them out'
          WHEN 'search' THEN ': clients go on at once as after an answer,'
                             || ' so that its filter left the answers out'
          ELSE ' or not: its filter may have left the answers out' END,
       'tcpdump -i ' || w.interface || ' -w both-ways.pcap '
       || CASE WHEN w.kind = 'uplink'
          THEN 'port 53 or udp port 4789 or udp port 8472'
          ELSE 'port 53' END
       || CASE WHEN w.node IS NULL THEN '' ELSE ' (on ' || w.node || ')' END
FROM (SELECT e.path AS path, count(DISTINCT x.id) AS questions, v.sees_by AS sees_by,
             coalesce(max(f.filter), '') AS filter, max(v.node) AS node,
             CASE WHEN count(DISTINCT v.name) > 1 THEN 'any'
                  WHEN max(v.name) REGEXP '^[A-Za-z0-9][A-Za-z0-9._@-]*$'
                  THEN max(v.name) ELSE 'INTERFACE' END AS interface,
             max(v.kind) AS kind
      FROM exchange AS x
      JOIN evidence AS e ON e.id = x.evidence_id
      JOIN sighting AS s ON s.exchange_id = x.id
                        AND s.evidence_id = x.evidence_id
      LEFT JOIN dns_exchange AS d ON s.source = 'dns'
       AND d.evidence_id = s.evidence_id AND d.number = s.number
      LEFT JOIN tcp_connection AS t ON s.source = 'tcp'
       AND t.evidence_id = s.evidence_id AND t.number = s.number
      JOIN vantage AS v ON v.evidence_id = s.evidence_id
       AND v.interface = coalesce(d.interface, t.interface)
       AND v.sees_answers IS NOT 1
      JOIN v_capture_filter AS f ON f.evidence_id = v.evidence_id
                                AND f.interface = v.interface
      WHERE x.outcome = 'unknown'
      GROUP BY e.path, v.sees_by) AS w
UNION ALL
SELECT a.what, 'nothing in this bundle shows a question and its answer',
       a.collect
FROM v_available AS a
WHERE a.need = 'questions' AND a.is_there = 0;

-- ---------------------------------------------------------------------------
-- For the report.

CREATE VIEW v_timeline AS
SELECT at_ns, what, ref FROM (
    SELECT p.start_ns AS at_ns, 'changed: ' || p.change AS what,
           p.after_ref AS ref
    FROM phase AS p WHERE p.change IS NOT NULL
    UNION ALL
    SELECT asked_ns, 'first failure: '
           || coalesce(qname || ' ' || qtype, 'a connection') || ' from ' || coalesce(client_name, client_text)
           || ' to ' || coalesce(server_name, server_text), ref
    FROM (SELECT * FROM v_failed ORDER BY asked_ns, id LIMIT 1)
    UNION ALL
    SELECT asked_ns, 'last failure: '
           || coalesce(qname || ' ' || qtype, 'a connection') || ' from ' || coalesce(client_name, client_text)
           || ' to ' || coalesce(server_name, server_text), ref
    FROM (SELECT * FROM v_failed ORDER BY asked_ns DESC, id DESC LIMIT 1)
    UNION ALL
    SELECT at_ns, source || ' started (' || coalesce(pod, node, '') || ')', ref
    FROM (SELECT source, pod, node, min(at_ns) AS at_ns, min(ref) AS ref
          FROM v_log_event WHERE event = 'start' AND at_ns IS NOT NULL
          GROUP BY source, pod, node)
    UNION ALL
    SELECT at_ns, source || ' logged its first error: '
           || coalesce(error, event) || ' (' || coalesce(pod, node, '') || ')',
           ref
    FROM (SELECT source, pod, node, error, event, min(at_ns) AS at_ns,
                 min(ref) AS ref
          FROM v_log_event
          WHERE event = 'error' AND at_ns IS NOT NULL
            AND coalesce(qtype, '') <> 'HINFO'
          GROUP BY source, pod, node)
    UNION ALL
    SELECT first_ns, 'capture begins: ' || path, path
    FROM (SELECT path, first_ns FROM evidence
          WHERE kind = 'capture' AND first_ns IS NOT NULL
          ORDER BY first_ns, path LIMIT 1)
    UNION ALL
    SELECT last_ns, 'capture ends: ' || path, path
    FROM (SELECT path, last_ns FROM evidence
          WHERE kind = 'capture' AND last_ns IS NOT NULL
          ORDER BY last_ns DESC, path LIMIT 1)
)
WHERE at_ns IS NOT NULL
ORDER BY at_ns, what;

-- Lost packets worth telling, one of each kind, the best documented first.
CREATE VIEW v_journey AS
SELECT id AS exchange_id, what, fate, packet, last_seen, last_seen_state,
       first_missing
FROM (SELECT x.id AS id,
             CASE WHEN x.failure IN ('answer-lost', 'answer-damaged')
                  THEN CASE WHEN x.dns_id IS NULL THEN 'SYN-ACK' ELSE 'answer' END
                  ELSE CASE WHEN x.dns_id IS NULL THEN 'SYN' ELSE 'question' END
             END
             || ' ' || coalesce(x.client_name, x.client_text) || ' - '
             || coalesce(x.server_name, x.server_text)
             || coalesce(' ' || x.qtype || ' ' || x.qname, '') AS what,
             CASE WHEN x.failure IN ('answer-damaged', 'query-damaged')
                  THEN 'arrived damaged at ' || x.last_seen
                  WHEN x.first_missing IS NOT NULL
                  THEN 'lost after ' || x.last_seen || ', missing at '
                       || x.first_missing
                  ELSE 'seen last at ' || x.last_seen END AS fate,
             x.id || CASE WHEN x.failure IN ('answer-lost', 'answer-damaged')
                  THEN CASE WHEN x.dns_id IS NULL THEN ' syn-ack'
                            ELSE ' response' END
                  ELSE CASE WHEN x.dns_id IS NULL THEN ' syn' ELSE ' query' END
             END AS packet,
             x.last_seen AS last_seen, x.last_seen_state AS last_seen_state,
             x.first_missing AS first_missing,
             row_number() OVER (
                 PARTITION BY x.path, x.failure, x.transport, x.client_kind,
                              x.client_node, x.server_node
                 ORDER BY c.places DESC, x.id) AS place
      FROM v_failed AS x
      JOIN (SELECT s.exchange_id AS exchange_id, count(*) AS places
            FROM sighting AS s GROUP BY s.exchange_id) AS c
        ON c.exchange_id = x.id
      WHERE x.last_seen IS NOT NULL AND x.leg <> 'client-to-cache')
WHERE place = 1;

-- ---------------------------------------------------------------------------
-- Faults beside the tunnel's checksums.

-- Complaints in texts, where no capture shows the questions themselves: lines
-- that name a loss, each one enough or three of a kind, and probes that
-- somebody ran by hand.
CREATE VIEW v_text_symptom AS
SELECT 'log ' || event AS symptom, source || ' logged: ' || event AS title,
       count(*) AS failed, min(ref) AS ref
FROM v_log_event
WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE outcome <> 'unknown')
  AND event IN ('loop-detected', 'bind-failed', 'interface-error',
                'conntrack-full', 'neighbour-overflow', 'ebpf-map-full')
GROUP BY source, event
UNION ALL
SELECT 'log ' || coalesce(error, event),
       source || ' logged: ' || coalesce(error, event), count(*), min(ref)
FROM v_log_event
WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE outcome <> 'unknown')
  AND coalesce(qtype, '') <> 'HINFO'
  AND (event IN ('lookup-failed', 'policy-denied', 'udp-bad-checksum',
                 'certificate-time')
       OR (event = 'error'
           AND error IN ('overflow', 'max-concurrent', 'no-healthy-proxies',
                         'host-down', 'deadline-exceeded'))
       OR (event = 'query' AND error = 'no-answer')
       OR (event = 'firewall-reject'
           AND message REGEXP ' DPT=(53|4789|8472|6081)\b'))
GROUP BY source, coalesce(error, event)
HAVING count(*) >= 3
UNION ALL
SELECT 'probe ' || p.result, p.tool || ' ended with: ' || p.result, count(*),
       min(ref(e.path, NULL, p.line))
FROM probe AS p JOIN evidence AS e ON e.id = p.evidence_id
WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE outcome <> 'unknown')
  AND p.result IN ('timeout', 'refused', 'unreachable', 'SERVFAIL', 'REFUSED',
                   'loss', 'too-big')
GROUP BY p.tool, p.result;

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

-- Rules and policies that drop, and how their counters grew between readings
-- of one node. A rule is known by what it says: its place may change.
CREATE VIEW v_drop_growth AS
SELECT node, table_name, chain, is_policy, target, protocol, source,
       destination, in_interface, destination_port, ctstate,
       max(packets) - min(packets) AS growth, max(packets) AS packets,
       count(*) AS readings, max(ref) AS ref, max(rule) AS rule
FROM (SELECT e.node AS node, r.table_name AS table_name, r.chain AS chain,
             r.position = 0 AS is_policy, r.target AS target,
             r.protocol AS protocol, r.source AS source,
             r.destination AS destination, r.in_interface AS in_interface,
             r.out_interface AS out_interface,
             r.destination_port AS destination_port, r.ctstate AS ctstate,
             r.mark AS mark, r.backend AS backend, r.comment AS comment,
             sum(r.packets) AS packets, max(ref(e.path, NULL, r.line)) AS ref,
             max(r.rule) AS rule
      FROM firewall_rule AS r JOIN evidence AS e ON e.id = r.evidence_id
      WHERE r.packets IS NOT NULL AND r.target IN ('DROP', 'REJECT')
        AND r.table_name IN ('', 'filter', 'raw', 'mangle')
      GROUP BY e.id, r.table_name, r.chain, is_policy, r.target, r.protocol,
               r.source, r.destination, r.in_interface, r.out_interface,
               r.destination_port, r.ctstate, r.mark, r.backend, r.comment)
GROUP BY node, table_name, chain, is_policy, target, protocol, source,
         destination, in_interface, out_interface, destination_port, ctstate,
         mark, backend, comment;

-- MAC addresses of the nodes' own VXLAN devices. `ip link` without -d does
-- not say what a device is: the names are those that the plugins give.
CREATE VIEW v_vtep_mac AS
SELECT DISTINCT e.node AS node, s.interface AS interface,
       lower(s.value) AS mac, min(ref(e.path, NULL, s.line)) AS ref
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
WHERE s.name = 'mac' AND e.node IS NOT NULL AND coalesce(e.netns, '') = ''
  AND (s.interface REGEXP '^(flannel\.[0-9]+|vxlan(-v6)?\.calico|cilium_vxlan)$'
       OR EXISTS (SELECT 1 FROM setting AS k
                  WHERE k.name = 'kind' AND k.interface = s.interface
                    AND k.evidence_id = s.evidence_id AND k.value = 'vxlan'))
GROUP BY e.node, s.interface, lower(s.value);

-- What others hold for the MAC address of a node's VXLAN device.
CREATE VIEW v_vtep_belief AS
SELECT e.node AS at_node, w.node AS about_node, n.interface AS interface,
       n.source AS source, lower(n.mac) AS mac,
       ref(e.path, NULL, n.line) AS ref
FROM neighbour AS n
JOIN evidence AS e ON e.id = n.evidence_id
JOIN v_owner AS w ON w.address = n.address
WHERE n.mac IS NOT NULL AND n.mac <> '00:00:00:00:00:00'
  AND e.node IS NOT NULL AND w.node IS NOT NULL AND w.node <> e.node
  AND n.interface IN (SELECT interface FROM v_vtep_mac)
UNION ALL
SELECT 'the cluster', substr(s.name, 1, instr(s.name, '/') - 1), NULL,
       'annotation', lower(s.value), ref(e.path, NULL, s.line)
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
WHERE s.source = 'node annotation'
  AND (s.name LIKE '%VtepMAC' OR s.name LIKE '%VXLANTunnelMACAddr');

-- Tunnel packets by kind of tunnel from node to node, sent and arrived, of
-- those sent while the receiving uplink was captured (see v_tunnel_delivery).
CREATE VIEW v_tunnel_kind_delivery AS
SELECT s.from_node AS from_node, s.to_node AS to_node, s.tunnel AS tunnel,
       max(s.packets) AS sent,
       coalesce((SELECT max(a.packets) FROM v_tunnel_flow AS a
                 WHERE a.node = a.to_node AND a.from_node = s.from_node
                   AND a.to_node = s.to_node AND a.tunnel = s.tunnel), 0)
           AS arrived,
       min(ref(s.path, s.first_frame, NULL)) AS ref
FROM v_tunnel_flow AS s
WHERE s.node = s.from_node
  AND EXISTS (SELECT 1 FROM v_tunnel_watch AS w
              WHERE w.node = s.to_node AND w.tunnel = s.tunnel
                AND w.first_ns <= s.last_ns AND w.last_ns >= s.first_ns)
GROUP BY s.from_node, s.to_node, s.tunnel;

-- Packets between pods of two nodes as the uplinks saw them: inside a tunnel
-- (depth > 0) or bare (depth 0), by protocol, and at which end.
CREATE VIEW v_pod_flow AS
SELECT v.node AS node, s.node AS from_node, d.node AS to_node,
       t.depth AS depth, t.protocol AS protocol, t.source AS source,
       t.destination AS destination, sum(t.packets) AS packets,
       min(t.first_ns) AS first_ns, max(t.last_ns) AS last_ns,
       t.evidence_id AS evidence_id,
       min(ref(e.path, t.first_frame, NULL)) AS ref
FROM traffic AS t
JOIN evidence AS e ON e.id = t.evidence_id
JOIN vantage AS v ON v.evidence_id = t.evidence_id
                 AND v.interface = t.interface AND v.kind = 'uplink'
JOIN v_owner AS s ON s.address = t.source
JOIN v_owner AS d ON d.address = t.destination
WHERE t.tunnel = '' AND s.node IS NOT NULL AND d.node IS NOT NULL
  AND s.node <> d.node
  AND ((t.depth > 0 AND (s.kind IN ('pod', 'tunnel')
                         OR d.kind IN ('pod', 'tunnel')))
       OR (t.depth = 0 AND s.kind = 'pod' AND d.kind = 'pod'))
GROUP BY v.node, s.node, d.node, t.depth, t.protocol, t.source, t.destination,
         t.evidence_id;
