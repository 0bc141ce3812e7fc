INSERT INTO reading VALUES (1, 'sysctl', '', 'net.ipv4.neigh.default.gc_thresh3', '1024');
INSERT INTO neighbour SELECT 5, i, 'ip neigh', 'eth0', CAST(printf('%c%c%c%c', 65, 65, 65, 65) AS BLOB), NULL, 'REACHABLE' FROM number WHERE i <= 98;
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
