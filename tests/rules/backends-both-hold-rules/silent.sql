INSERT INTO filter_rule VALUES ('KUBE-FORWARD', 1, 'ACCEPT', NULL, NULL, 2, 40);
UPDATE firewall_rule SET backend = 'nft';
