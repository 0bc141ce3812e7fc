INSERT INTO reading VALUES (1, 'ip link', 'vxlan0', 'mtu', '1500'), (2, 'ip link', 'vxlan0', 'mtu', '1450');
INSERT INTO phase (number, start_ns) VALUES (1, 500000000000);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', 1480, 0, 5),
    ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 1, 10);
