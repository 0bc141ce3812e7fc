INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 30),
    ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 1),
    ('client-to-dns', 'udp', 'b', 'failed', 'refused', NULL, 1, 10);
