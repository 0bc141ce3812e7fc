INSERT INTO filter_rule VALUES ('cali-fw-cali1234', 9, 'DROP', NULL, NULL, 2, 40);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
