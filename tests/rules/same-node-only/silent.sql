INSERT INTO ask VALUES ('client-to-dns', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 5),
    ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 9);
