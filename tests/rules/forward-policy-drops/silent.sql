INSERT INTO filter_rule VALUES ('FORWARD', 0, 'DROP', NULL, NULL, 5, 5);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
