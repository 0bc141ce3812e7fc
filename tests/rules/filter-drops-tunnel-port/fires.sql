INSERT INTO filter_rule VALUES ('INPUT', 1, 'DROP', '8472', NULL, 0, 40);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
