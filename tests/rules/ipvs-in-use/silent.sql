INSERT INTO reading VALUES (1, 'ip link', 'eth0', 'mtu', '1500');
