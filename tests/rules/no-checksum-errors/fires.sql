INSERT INTO growth VALUES ('a', 'Tcp.InCsumErrors', 7, 7);
