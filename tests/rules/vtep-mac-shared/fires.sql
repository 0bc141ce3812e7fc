INSERT INTO setting VALUES (7, 1, 'ip link', 'vxlan0', 'kind', 'vxlan', NULL), (7, 1, 'ip link', 'vxlan0', 'mac', '66:00:00:00:00:0b', NULL),
    (5, 1, 'ip link', 'vxlan0', 'kind', 'vxlan', NULL), (5, 1, 'ip link', 'vxlan0', 'mac', '66:00:00:00:00:0b', NULL);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
