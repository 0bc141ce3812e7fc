INSERT INTO filter_rule VALUES ('FORWARD', 0, 'DROP', NULL, NULL, 2, 40);
UPDATE firewall_rule SET backend = 'legacy';
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
