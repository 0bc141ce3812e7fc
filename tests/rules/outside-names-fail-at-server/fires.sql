INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 10);
UPDATE exchange SET qname = 'x' || id || '.shop.svc.cluster.local.';
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'error-code', NULL, 0, 10);
