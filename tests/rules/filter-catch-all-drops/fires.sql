INSERT INTO filter_rule VALUES ('FORWARD', 9, 'REJECT', NULL, NULL, 100, 140);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
