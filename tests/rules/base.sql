-- The ground that every rule case stands on: two nodes with captures at their
-- uplinks and tunnel devices and two snapshots each, a client pod on a, a DNS
-- pod on each node behind one service, an upstream resolver. Nothing has been
-- asked yet. The views below take a fact in one line; each case inserts into
-- them.
INSERT INTO evidence VALUES
 (1, 'a_eth0.pcap', 1, '', 'capture', 'pcap', 'a', '', 'eth0', NULL, NULL, 'read', NULL, 1000, 1, 1000, 900000000000, NULL),
 (2, 'b_eth0.pcap', 1, '', 'capture', 'pcap', 'b', '', 'eth0', NULL, NULL, 'read', NULL, 1000, 1, 1000, 900000000000, NULL),
 (3, 'a_vxlan0.pcap', 1, '', 'capture', 'pcap', 'a', '', 'vxlan0', NULL, NULL, 'read', NULL, 1000, 1, 1000, 900000000000, NULL),
 (4, 'b_vxlan0.pcap', 1, '', 'capture', 'pcap', 'b', '', 'vxlan0', NULL, NULL, 'read', NULL, 1000, 1, 1000, 900000000000, NULL),
 (5, '1/a/snapshot.txt', 1, '', 'snapshot', '', 'a', '', NULL, 1000, 'stated', 'read', NULL, 0, 1, NULL, NULL, NULL),
 (6, '2/a/snapshot.txt', 1, '', 'snapshot', '', 'a', '', NULL, 900000000000, 'stated', 'read', NULL, 0, 1, NULL, NULL, NULL),
 (7, '1/b/snapshot.txt', 1, '', 'snapshot', '', 'b', '', NULL, 1000, 'stated', 'read', NULL, 0, 1, NULL, NULL, NULL),
 (8, '2/b/snapshot.txt', 1, '', 'snapshot', '', 'b', '', NULL, 900000000000, 'stated', 'read', NULL, 0, 1, NULL, NULL, NULL),
 (9, 'kubectl.txt', 1, '', 'objects', '', NULL, NULL, NULL, NULL, NULL, 'read', NULL, 0, 1, NULL, NULL, NULL),
 (10, 'coredns.log', 1, '', 'log', '', 'b', NULL, NULL, NULL, NULL, 'read', NULL, 0, 1, NULL, NULL, NULL);
INSERT INTO vantage (evidence_id, interface, node, netns, name, kind, pod, is_known_by) VALUES
 (1, 0, 'a', '', 'eth0', 'uplink', NULL, 'name'),
 (2, 0, 'b', '', 'eth0', 'uplink', NULL, 'name'),
 (3, 0, 'a', '', 'vxlan0', 'tunnel', NULL, 'name'),
 (4, 0, 'b', '', 'vxlan0', 'tunnel', NULL, 'name');
INSERT INTO owner VALUES
 (x'c0000201', 'node', 'a', '', 'a', 0, 10, 9, 1),
 (x'c0000202', 'node', 'b', '', 'b', 0, 10, 9, 2),
 (x'c6336401', 'pod', 'client', 'shop', 'a', 0, 10, 9, 3),
 (x'c6336402', 'pod', 'dns-b', 'kube-system', 'b', 1, 10, 9, 4),
 (x'c6336403', 'pod', 'dns-a', 'kube-system', 'a', 1, 10, 9, 5),
 (x'cb00710a', 'service', 'dns', 'kube-system', NULL, 1, 10, 9, 6),
 (x'cb007135', 'upstream', '203.0.113.53', '', NULL, 0, 30, 9, 7);
INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node, address, phase, is_ready, ports) VALUES
 (9, 3, 'pod', 'shop', 'client', 'a', x'c6336401', 'Running', 1, NULL),
 (9, 4, 'pod', 'kube-system', 'dns-b', 'b', x'c6336402', 'Running', 1, NULL),
 (9, 5, 'pod', 'kube-system', 'dns-a', 'a', x'c6336403', 'Running', 1, NULL),
 (9, 8, 'endpoint', 'kube-system', 'dns', 'b', x'c6336402', NULL, 1, '53/UDP,53/TCP'),
 (9, 9, 'endpoint', 'kube-system', 'dns', 'a', x'c6336403', NULL, 1, '53/UDP,53/TCP');
INSERT INTO phase (number) VALUES (0);

CREATE TEMP TABLE number (i INTEGER PRIMARY KEY);
INSERT INTO number
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
SELECT i FROM n;

-- So many questions: leg, transport, server ('a' 'b' 'up' the DNS pod of that
-- node or the upstream), outcome, failure, size of the answer, phase, times.
-- The client is the pod on node a.
CREATE TEMP VIEW ask AS
SELECT NULL AS leg, NULL AS transport, NULL AS server, NULL AS outcome,
       NULL AS failure, NULL AS bytes, NULL AS phase, NULL AS times;
CREATE TEMP TRIGGER ask_insert INSTEAD OF INSERT ON ask BEGIN
    INSERT INTO exchange (leg, transport, client, client_port, client_kind,
        client_name, client_node, server, server_name, server_node, path,
        qname, qtype, asked_ns, answered_ns, last_asked_ns, attempts, outcome,
        failure, rcode, phase, response_bytes, server_sent_answer,
        evidence_id, frame)
    SELECT NEW.leg, NEW.transport, x'c6336401', 40000 + i, 'pod', 'client', 'a',
        CASE NEW.server WHEN 'a' THEN x'c6336403' WHEN 'b' THEN x'c6336402'
             ELSE x'cb007135' END,
        CASE NEW.server WHEN 'a' THEN 'dns-a' WHEN 'b' THEN 'dns-b'
             ELSE '203.0.113.53' END,
        CASE WHEN NEW.server IN ('a', 'b') THEN NEW.server END,
        CASE NEW.server WHEN 'a' THEN 'same-node' WHEN 'b' THEN 'cross-node'
             ELSE 'external' END,
        'name' || i || '.example.', 'A', 1000000 * i,
        CASE WHEN NEW.outcome = 'answered' THEN 1000000 * i + 500 END,
        1000000 * i, 1, NEW.outcome, NEW.failure,
        CASE WHEN NEW.outcome = 'answered' THEN 'NOERROR'
             WHEN NEW.failure = 'error-code' THEN 'SERVFAIL' END,
        coalesce(NEW.phase, 0), NEW.bytes,
        CASE WHEN NEW.outcome = 'answered'
               OR NEW.failure IN ('answer-lost', 'answer-damaged') THEN 1 END,
        1, i
    FROM number WHERE i <= NEW.times;
END;

-- So many headers in a checksum state: capture (evidence id), from and to
-- ('a' 'b'), depth, layer, state, packets.
CREATE TEMP VIEW tally AS
SELECT NULL AS capture, NULL AS "from", NULL AS "to", NULL AS depth,
       NULL AS layer, NULL AS state, NULL AS packets;
CREATE TEMP TRIGGER tally_insert INSTEAD OF INSERT ON tally BEGIN
    INSERT INTO checksum_tally
    SELECT NEW.capture, 0, '',
        CASE NEW."from" WHEN 'a' THEN x'c0000201' ELSE x'c0000202' END,
        CASE NEW."to" WHEN 'a' THEN x'c0000201' ELSE x'c0000202' END,
        NEW.depth, CASE WHEN NEW.depth > 0 THEN 'vxlan' ELSE '' END, NEW.layer,
        NEW.state, NEW.packets, 1, NEW.packets;
END;

-- So many wrong tunnel headers leaving a for b: stored value, solved port.
CREATE TEMP VIEW tunnel_defect AS
SELECT NULL AS stored, NULL AS solved_port, NULL AS times;
CREATE TEMP TRIGGER tunnel_defect_insert INSTEAD OF INSERT ON tunnel_defect
BEGIN
    INSERT INTO checksum_defect (evidence_id, frame, interface, direction,
        at_ns, depth, tunnel, layer, source, destination, source_port,
        destination_port, stored, correct, pseudo, solved_port, inner_state)
    SELECT 1, i, 0, '', i, 0, 'vxlan', 'udp', x'c0000201', x'c0000202',
        20000 + i, 4789, NEW.stored, 1000 + i, 7, NEW.solved_port, 'partial'
    FROM number WHERE i <= NEW.times;
END;

-- So many wrong inner checksums that arrive at b from a pod of a.
CREATE TEMP VIEW inner_defect AS SELECT NULL AS times;
CREATE TEMP TRIGGER inner_defect_insert INSTEAD OF INSERT ON inner_defect
BEGIN
    INSERT INTO checksum_defect (evidence_id, frame, interface, direction,
        at_ns, depth, tunnel, layer, source, destination, source_port,
        destination_port, stored, correct, pseudo)
    SELECT 2, i, 0, '', i, 1, '', 'tcp', x'c6336401', x'c6336402', 40000 + i,
        53, 1, 2, 3
    FROM number WHERE i <= NEW.times;
END;

-- So many questions to dns-b as a's uplink saw them in the tunnel: checksum
-- state, state.
CREATE TEMP VIEW tunnel_question AS
SELECT NULL AS checksum, NULL AS state, NULL AS times;
CREATE TEMP TRIGGER tunnel_question_insert INSTEAD OF INSERT ON tunnel_question
BEGIN
    INSERT INTO dns_exchange (evidence_id, number, interface, depth, tunnel,
        transport, client, client_port, server, server_port, dns_id, qname,
        qtype, attempts, state, query_frame, query_checksum, identity)
    SELECT 1, i, 0, 1, 'vxlan', 'udp', x'c6336401', 40000 + i, x'c6336402', 53,
        i, 'x.example.', 'A', 1, NEW.state, i, NEW.checksum, i
    FROM number WHERE i <= NEW.times;
END;

-- Tunnel packets from one node to the other, captured at `at` ('a' 'b').
CREATE TEMP VIEW tunnel_packets AS
SELECT NULL AS at, NULL AS "from", NULL AS "to", NULL AS packets;
CREATE TEMP TRIGGER tunnel_packets_insert INSTEAD OF INSERT ON tunnel_packets
BEGIN
    INSERT INTO traffic (evidence_id, interface, direction, depth, tunnel,
        tunnel_id, protocol, source, destination, packets, bytes, bytes_max,
        first_ns, last_ns, first_frame, last_frame)
    SELECT CASE NEW.at WHEN 'a' THEN 1 ELSE 2 END, 0, '', 0, 'vxlan', 1, 17,
        CASE NEW."from" WHEN 'a' THEN x'c0000201' ELSE x'c0000202' END,
        CASE NEW."to" WHEN 'a' THEN x'c0000201' ELSE x'c0000202' END,
        NEW.packets, 100 * NEW.packets, 150, 2000, 800000000000, 1, 2;
END;

-- So many connections from the client to dns-b whose SYN-ACK comes back to
-- node a unfinished, and whether they open.
CREATE TEMP VIEW unfinished_handshake AS
SELECT NULL AS is_established, NULL AS times;
CREATE TEMP TRIGGER unfinished_insert INSTEAD OF INSERT ON unfinished_handshake
BEGIN
    INSERT INTO tcp_connection (evidence_id, number, interface, depth, tunnel,
        client, client_port, server, server_port, first_ns, last_ns,
        first_frame, last_frame, client_packets, server_packets,
        client_data_bytes, server_data_bytes, client_retransmissions,
        server_retransmissions, syns, syn_acks, is_established, syn_ns,
        syn_frame, syn_ack_frame, syn_checksum, syn_ack_checksum,
        client_unacked_bytes_max, server_unacked_bytes_max,
        client_acked_bytes_max, server_acked_bytes_max, queries, responses,
        identity)
    SELECT 1, i, 0, 1, 'vxlan', x'c6336401', 40000 + i, x'c6336402', 53, i, i,
        i, i, 1, 1, 0, 0, 0, 0, 1, 1, NEW.is_established, i, i, i, 'ok',
        'partial', 0, 0, 0, 0, 0, 0, i
    FROM number WHERE i <= NEW.times;
END;

-- A counter of a node ('' host) or pod that grew between the two snapshots.
CREATE TEMP VIEW growth AS
SELECT NULL AS node, NULL AS name, NULL AS before, NULL AS after;
CREATE TEMP TRIGGER growth_insert INSTEAD OF INSERT ON growth BEGIN
    INSERT INTO counter
    SELECT CASE NEW.node WHEN 'a' THEN 5 ELSE 7 END, 1, 'netstat -s', '',
        NEW.name, NEW.before
    UNION ALL
    SELECT CASE NEW.node WHEN 'a' THEN 6 ELSE 8 END, 1, 'netstat -s', '',
        NEW.name, NEW.after;
END;

-- A setting of node a at the first or second snapshot (1, 2).
CREATE TEMP VIEW reading AS
SELECT NULL AS snapshot, NULL AS source, NULL AS interface, NULL AS name,
       NULL AS value;
CREATE TEMP TRIGGER reading_insert INSTEAD OF INSERT ON reading BEGIN
    INSERT INTO setting
    VALUES (4 + NEW.snapshot, 1, NEW.source, NEW.interface, NEW.name,
            NEW.value, NULL);
END;

-- So many error lines in the log of a DNS server: upstream address, error.
CREATE TEMP VIEW logged AS
SELECT NULL AS upstream, NULL AS error, NULL AS times;
CREATE TEMP TRIGGER logged_insert INSTEAD OF INSERT ON logged BEGIN
    INSERT INTO log_event (evidence_id, line, time_is, severity, source, event,
        transport, qname, qtype, operation, upstream, upstream_port, error,
        message)
    SELECT 10, i, 'unknown', 'error', 'coredns', 'error', 'udp', 'x.example.',
        'A', 'read', NEW.upstream, 53, NEW.error, ''
    FROM number WHERE i <= NEW.times;
END;

-- So many lines of a log: source, event, error.
CREATE TEMP VIEW event AS
SELECT NULL AS source, NULL AS event, NULL AS error, NULL AS times;
CREATE TEMP TRIGGER event_insert INSTEAD OF INSERT ON event BEGIN
    INSERT INTO log_event (evidence_id, line, time_is, severity, source, event,
        error, message)
    SELECT 10, i, 'unknown', 'error', NEW.source, NEW.event, NEW.error,
        NEW.event
    FROM number WHERE i <= NEW.times;
END;

-- A rule of node b's filter table, or its policy (position 0), with its
-- counter at both snapshots.
CREATE TEMP VIEW filter_rule AS
SELECT NULL AS chain, NULL AS position, NULL AS target, NULL AS port,
       NULL AS ctstate, NULL AS before, NULL AS after;
CREATE TEMP TRIGGER filter_rule_insert INSTEAD OF INSERT ON filter_rule BEGIN
    INSERT INTO firewall_rule (evidence_id, line, backend, table_name, chain,
        position, target, destination_port, ctstate, packets, rule)
    VALUES (7, 1, '', 'filter', NEW.chain, NEW.position, NEW.target, NEW.port,
            NEW.ctstate, NEW.before, NEW.chain || ' ' || NEW.target),
           (8, 1, '', 'filter', NEW.chain, NEW.position, NEW.target, NEW.port,
            NEW.ctstate, NEW.after, NEW.chain || ' ' || NEW.target);
END;

-- Packets from the client's pod to dns-b, captured at an uplink ('a' 'b'):
-- depth, protocol.
CREATE TEMP VIEW pod_packets AS
SELECT NULL AS at, NULL AS depth, NULL AS protocol, NULL AS packets;
CREATE TEMP TRIGGER pod_packets_insert INSTEAD OF INSERT ON pod_packets BEGIN
    INSERT INTO traffic (evidence_id, interface, direction, depth, tunnel,
        protocol, source, destination, packets, bytes, bytes_max, first_ns,
        last_ns, first_frame, last_frame)
    SELECT CASE NEW.at WHEN 'a' THEN 1 ELSE 2 END, 0, '', NEW.depth, '',
        NEW.protocol, x'c6336401', x'c6336402', NEW.packets,
        100 * NEW.packets, 150, 2000, 800000000000, 1, 2;
END;

-- A question of the client as one capture saw it: number, state, the server
-- that was asked or that answered.
CREATE TEMP VIEW raw_question AS
SELECT NULL AS number, NULL AS state, NULL AS server;
CREATE TEMP TRIGGER raw_question_insert INSTEAD OF INSERT ON raw_question
BEGIN
    INSERT INTO dns_exchange (evidence_id, number, interface, depth, tunnel,
        transport, client, client_port, server, server_port, dns_id, qname,
        qtype, asked_ns, answered_ns, attempts, state, query_frame,
        response_frame, identity)
    VALUES (1, NEW.number, 0, 0, '', 'udp', x'c6336401', 40000 + NEW.number,
        NEW.server, 53, NEW.number, 'x.example.', 'A',
        CASE WHEN NEW.state <> 'unsolicited' THEN 1000000 * NEW.number END,
        CASE WHEN NEW.state <> 'unanswered' THEN 1000000 * NEW.number + 500 END,
        1, NEW.state, NEW.number, NEW.number, NEW.number);
END;
