INSERT INTO filter_rule VALUES ('KUBE-FORWARD', 1, 'ACCEPT', NULL, NULL, 2, 40);
UPDATE firewall_rule SET backend = CASE evidence_id WHEN 7 THEN 'nft' ELSE 'legacy' END;
