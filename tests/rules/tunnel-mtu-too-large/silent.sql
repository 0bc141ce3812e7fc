INSERT INTO reading VALUES (1, 'ip link', 'vxlan0', 'mtu', '1450'),
    (1, 'ip link', 'vxlan0', 'vxlan.dev', 'eth0'),
    (1, 'ip link', 'eth0', 'mtu', '1500');
