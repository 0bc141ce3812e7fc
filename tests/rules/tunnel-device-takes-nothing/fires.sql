INSERT INTO tunnel_packets VALUES ('b', 'a', 'b', 40);
INSERT INTO tally VALUES (2, 'a', 'b', 0, 'udp', 'zero', 40);
INSERT INTO growth VALUES ('b', 'rx.packets', 7, 7);
UPDATE counter SET interface = 'vxlan0' WHERE name = 'rx.packets';
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
