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
