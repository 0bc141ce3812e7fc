INSERT INTO logged VALUES (x'cb007135', 'timeout', 6);
UPDATE log_event SET qname = 'x' || line || '.shop.svc.cluster.local.';
