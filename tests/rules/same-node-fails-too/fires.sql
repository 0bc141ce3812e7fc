INSERT INTO ask VALUES ('client-to-dns', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 5);
