INSERT INTO ask VALUES ('client-to-cache', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 10),
    ('cache-to-dns', 'tcp', 'b', 'answered', NULL, 90, 0, 10);
