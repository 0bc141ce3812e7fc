-- The cache cannot answer what it was not told.
INSERT INTO ask VALUES ('client-to-cache', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 10),
    ('cache-to-dns', 'tcp', 'b', 'failed', 'answer-lost', NULL, 0, 10);
