DELETE FROM vantage WHERE evidence_id IN (3, 4);
INSERT INTO setting VALUES (5, 1, 'ip link', 'vxlan0', 'kind', 'vxlan', NULL), (5, 1, 'ip link', 'vxlan0', 'ifindex', '3', NULL),
    (7, 1, 'ip link', 'eth0', 'ifindex', '2', NULL), (7, 2, 'ip link', 'lo', 'ifindex', '1', NULL);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
