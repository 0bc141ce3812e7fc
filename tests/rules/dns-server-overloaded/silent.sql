INSERT INTO growth VALUES ('b', 'Udp.InCsumErrors', 0, 0);
INSERT INTO growth VALUES ('b', 'Udp.RcvbufErrors', 30, 30);
