INSERT INTO reading VALUES (1, 'sysctl', '', 'net.ipv4.conf.all.rp_filter', '1'),
    (2, 'sysctl', '', 'net.ipv4.conf.all.rp_filter', '2');
INSERT INTO phase (number, start_ns) VALUES (1, 500000000000);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5),
    ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 1, 10);
