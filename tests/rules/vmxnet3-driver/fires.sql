INSERT INTO reading VALUES (1, 'ethtool -i', 'eth0', 'driver', 'vmxnet3');
