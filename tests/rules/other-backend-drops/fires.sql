INSERT INTO filter_rule VALUES ('FORWARD', 0, 'DROP', NULL, NULL, 2, 40);
UPDATE firewall_rule SET backend = 'legacy';
INSERT INTO firewall_rule (evidence_id, line, backend, table_name, chain, position, target, packets, rule) VALUES (8, 2, 'nft', 'filter', 'FORWARD', 0, 'ACCEPT', 7, '');
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
