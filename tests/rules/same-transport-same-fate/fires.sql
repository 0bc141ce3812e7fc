INSERT INTO ask VALUES ('client-to-dns', 'tcp', 'b', 'failed', 'answer-lost', NULL, 0, 8),
    ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 8);
