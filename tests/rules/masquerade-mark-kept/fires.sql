INSERT INTO firewall_rule (evidence_id, line, backend, table_name, chain,
    position, target, rule)
VALUES (6, 1, 'nft', 'nat', 'KUBE-POSTROUTING', 1, 'MASQUERADE', '');
