INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 10),
    ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 10);
