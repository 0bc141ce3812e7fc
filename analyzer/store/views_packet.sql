-- Packets: checksums, messages, and one packet at several places.

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
-- No UNION of four: SQLite would make all of it for each exchange asked for.
CREATE VIEW v_sighting AS
SELECT s.exchange_id || ' ' || k.what AS packet, s.exchange_id AS exchange_id,
       k.what AS what, e.path AS path, v.node AS node, v.name AS interface,
       v.kind AS place,
       CASE k.what WHEN 'query' THEN d.query_direction
                   WHEN 'response' THEN d.response_direction
                   WHEN 'syn' THEN t.syn_direction
                   ELSE t.syn_ack_direction END AS direction,
       CASE k.what WHEN 'query' THEN d.asked_ns
                   WHEN 'response' THEN d.answered_ns
                   WHEN 'syn' THEN t.syn_ns
                   ELSE t.syn_ack_ns END AS at_ns,
       ref(e.path, CASE k.what WHEN 'query' THEN d.query_frame
                               WHEN 'response' THEN d.response_frame
                               WHEN 'syn' THEN t.syn_frame
                               ELSE t.syn_ack_frame END, NULL) AS ref,
       coalesce(d.depth, t.depth) AS depth,
       CASE k.what WHEN 'query' THEN d.query_checksum
                   WHEN 'response' THEN d.response_checksum
                   WHEN 'syn' THEN t.syn_checksum
                   ELSE t.syn_ack_checksum END AS checksum,
       CASE k.what WHEN 'query' THEN d.query_outer_checksum
                   WHEN 'response' THEN d.response_outer_checksum
                   WHEN 'syn' THEN t.syn_outer_checksum
                   ELSE t.syn_ack_outer_checksum END AS outer_checksum,
       s.stop AS stop,
       address_text(iif(k.is_back, coalesce(d.server, t.server),
                        coalesce(d.client, t.client))) AS src,
       iif(k.is_back, coalesce(d.server_port, t.server_port),
           coalesce(d.client_port, t.client_port)) AS src_port,
       address_text(iif(k.is_back, coalesce(d.client, t.client),
                        coalesce(d.server, t.server))) AS dst,
       iif(k.is_back, coalesce(d.client_port, t.client_port),
           coalesce(d.server_port, t.server_port)) AS dst_port,
       CASE WHEN x.service IS NULL THEN ''
            WHEN (coalesce(d.server, t.server) = x.service) <> k.is_back
            THEN 'before' ELSE 'after' END AS nat,
       v.pod AS pod
FROM sighting AS s
JOIN (SELECT 'dns' AS source, 'query' AS what, 0 AS is_back
      UNION ALL SELECT 'dns', 'response', 1
      UNION ALL SELECT 'tcp', 'syn', 0
      UNION ALL SELECT 'tcp', 'syn-ack', 1) AS k ON k.source = s.source
JOIN exchange AS x ON x.id = s.exchange_id
JOIN evidence AS e ON e.id = s.evidence_id
LEFT JOIN dns_exchange AS d ON s.source = 'dns'
 AND d.evidence_id = s.evidence_id AND d.number = s.number
LEFT JOIN tcp_connection AS t ON s.source = 'tcp'
 AND t.evidence_id = s.evidence_id AND t.number = s.number
LEFT JOIN vantage AS v ON v.evidence_id = s.evidence_id
                      AND v.interface = coalesce(d.interface, t.interface)
WHERE CASE k.what WHEN 'query' THEN d.query_frame
                  WHEN 'response' THEN d.response_frame
                  WHEN 'syn' THEN t.syn_frame
                  ELSE t.syn_ack_frame END IS NOT NULL;

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

-- Retransmissions between nodes, each connection once and each of its two
-- ways alone: the place that saw most of them counts, which is the one
-- nearest to the sender. `syn` are repeated SYNs, and repeated SYN-ACKs of the
-- way back. A connection whose SYN was not seen has no identity of its own.
CREATE VIEW v_retransmission AS
WITH pair AS MATERIALIZED (
    SELECT t.*, c.node AS client_node, s.node AS server_node
    FROM tcp_connection AS t
    -- CROSS JOIN keeps the order: owners would be paired with owners
    CROSS JOIN v_owner AS c ON c.address = t.client AND c.node IS NOT NULL
    CROSS JOIN v_owner AS s ON s.address = t.server AND s.node IS NOT NULL
    WHERE t.server_port IN (SELECT port FROM dns_port)
), way AS (
    SELECT evidence_id, number, identity, client, client_port, server, syns,
           client AS source, client_node AS from_node, server_node AS to_node,
           max(syns - 1, 0) AS syn, client_retransmissions AS data,
           client_packets AS segments, last_syn_frame AS frame
    FROM pair
    UNION ALL
    SELECT evidence_id, number, identity, client, client_port, server, syns,
           server, server_node, client_node, max(syn_acks - 1, 0),
           server_retransmissions, server_packets, last_syn_ack_frame
    FROM pair
), connection AS (
    SELECT from_node, to_node, max(syn) AS syn, max(data) AS data,
           max(segments) AS segments
    FROM way
    GROUP BY CASE WHEN syns > 0 THEN identity
             ELSE hex(client) || client_port || hex(server) END,
             from_node, to_node, source = client
), repeated AS (
    SELECT f.from_node, f.to_node, min(ref(e.path, f.frame, NULL)) AS ref
    FROM (SELECT w.evidence_id, w.from_node, w.to_node,
                 CASE WHEN w.syn > 0 THEN w.frame
                 ELSE (SELECT min(v.frame) FROM tcp_event AS v
                       WHERE v.evidence_id = w.evidence_id
                         AND v.connection = w.number AND v.source = w.source
                         AND v.kind LIKE '%retransmission') END AS frame
          FROM way AS w WHERE w.syn + w.data > 0) AS f
    JOIN evidence AS e ON e.id = f.evidence_id
    WHERE f.frame IS NOT NULL
    GROUP BY f.from_node, f.to_node
)
SELECT c.from_node AS from_node, c.to_node AS to_node,
       CASE WHEN c.from_node = c.to_node THEN 'same-node'
            ELSE 'cross-node' END AS path,
       sum(c.syn) AS syn, sum(c.data) AS data, sum(c.segments) AS segments,
       r.ref AS ref
FROM connection AS c
LEFT JOIN repeated AS r ON r.from_node = c.from_node AND r.to_node = c.to_node
GROUP BY c.from_node, c.to_node
HAVING sum(c.syn) + sum(c.data) > 0;
