INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 5);
