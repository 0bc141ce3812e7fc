INSERT INTO route VALUES (5, 1, 'unicast', x'c6336400', 26, x'c6336400', 'vxlan0', '80', NULL),
    (6, 1, 'unicast', x'c6336400', 26, x'c6336400', 'vxlan0', '80', NULL);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
