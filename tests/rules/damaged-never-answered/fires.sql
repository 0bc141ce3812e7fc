-- Captured somewhere: with a wrong checksum none is answered, with a right one
-- all are.
UPDATE vantage SET node = NULL;
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 20);
INSERT INTO dns_exchange (evidence_id, number, interface, depth, tunnel,
    transport, client, client_port, server, server_port, dns_id, qname, qtype,
    attempts, state, query_frame, query_checksum, identity)
SELECT 1, i, 0, 1, 'vxlan', 'udp', x'c6336401', 40000 + i, x'c6336402', 53, i,
    'x.example.', 'A', 1, iif(i <= 10, 'unanswered', 'answered'), i,
    iif(i <= 10, 'bad', 'ok'), i
FROM number WHERE i <= 20;
