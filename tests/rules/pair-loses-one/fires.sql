INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 2);
UPDATE exchange SET qname = 'x.example.', client_port = 40000, asked_ns = 5;
UPDATE exchange SET qtype = 'AAAA', attempts = 2 WHERE id = 2;
