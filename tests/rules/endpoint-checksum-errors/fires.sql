INSERT INTO growth VALUES ('a', 'Tcp.InCsumErrors', 0, 40);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 5);
