INSERT INTO reading VALUES (1, 'ethtool -i', 'eth0', 'driver', 'vmxnet3'), (1, 'ethtool -k', 'eth0', 'tx-udp_tnl-segmentation', 'on');
