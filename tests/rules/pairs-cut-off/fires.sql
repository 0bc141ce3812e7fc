INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 6),
    ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 1, 6);
