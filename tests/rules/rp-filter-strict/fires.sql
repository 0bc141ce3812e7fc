INSERT INTO reading VALUES (1, 'sysctl', '', 'net.ipv4.conf.all.rp_filter', '1');
