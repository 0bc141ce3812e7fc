INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 8),
    ('client-to-dns', 'udp', 'a', 'answered', NULL, 90, 0, 10);
