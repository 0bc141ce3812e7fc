INSERT INTO corefile VALUES (9, 4, 'coredns', '.', 53, 'forward', '/etc/resolv.conf', '');
INSERT INTO reading VALUES (1, 'resolv.conf', '', 'nameserver.1', '127.0.0.53');
