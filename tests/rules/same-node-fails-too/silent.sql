INSERT INTO ask VALUES ('client-to-dns', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 2),
    ('client-to-dns', 'udp', 'a', 'answered', NULL, 90, 0, 100);
