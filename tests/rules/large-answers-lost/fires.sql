INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', 1400, 0, 4),
    ('client-to-dns', 'udp', 'b', 'answered', NULL, 300, 0, 10);
