INSERT INTO reading VALUES (1, 'ethtool -k', 'vxlan0', 'tx-checksum-ip-generic', 'on'),
    (2, 'ethtool -k', 'vxlan0', 'tx-checksum-ip-generic', 'off');
INSERT INTO phase (number, start_ns) VALUES (1, 500000000000);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 5),
    ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 1, 10);
