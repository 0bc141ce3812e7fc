INSERT INTO growth VALUES ('b', 'Udp.InCsumErrors', 2, 40);
