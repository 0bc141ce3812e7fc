INSERT INTO logged VALUES (x'cb00710a', 'timeout', 6);
UPDATE log_event SET qname = 'x' || line || '.shop.svc.cluster.local.';
