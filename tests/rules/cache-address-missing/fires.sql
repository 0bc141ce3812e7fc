INSERT INTO owner VALUES (x'a9fe140a', 'cache', 'node-local-dns', '', NULL, 1, 5, 9, 1);
INSERT INTO interface_address VALUES (5, 1, 'eth0', x'c0000201', 24, NULL);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
