-- An old entry beside the right one.
INSERT INTO setting VALUES (7, 1, 'ip link', 'vxlan0', 'kind', 'vxlan', NULL), (7, 1, 'ip link', 'vxlan0', 'mac', '66:00:00:00:00:0b', NULL);
INSERT INTO neighbour VALUES (5, 1, 'bridge fdb', 'vxlan0', x'c0000202', '66:00:00:00:00:99', 'permanent'),
    (5, 2, 'bridge fdb', 'vxlan0', x'c0000202', '66:00:00:00:00:0B', 'permanent');
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
