INSERT INTO reading VALUES (1, 'ethtool -k', 'vxlan0', 'tx-checksum-ip-generic', 'off');
