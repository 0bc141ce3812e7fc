INSERT INTO setting VALUES (5, 1, 'ip link', 'vxlan0', 'vxlan.id', '1', NULL), (7, 1, 'ip link', 'vxlan0', 'vxlan.id', '1', NULL);
