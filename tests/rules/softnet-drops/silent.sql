INSERT INTO growth VALUES ('b', 'Udp.InCsumErrors', 0, 0);
INSERT INTO growth VALUES ('b', 'softnet.dropped', 80, 80);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
