INSERT INTO event VALUES ('coredns', 'query', NULL, 5);
UPDATE log_event SET qname = 'cart.shop.svc.cluster.local.', rcode = 'NOERROR';
