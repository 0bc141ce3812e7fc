INSERT INTO reading VALUES (1, 'ip link', 'kube-ipvs0', 'mtu', '1500');
