INSERT INTO reading VALUES (1, 'sysctl', '', 'net.ipv4.conf.all.rp_filter', '2');
INSERT INTO reading VALUES (1, 'sysctl', 'vxlan0', 'net.ipv4.conf.vxlan0.rp_filter', '1');
