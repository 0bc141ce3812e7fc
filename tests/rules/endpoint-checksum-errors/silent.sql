-- It grew at a node whose questions are all answered.
INSERT INTO growth VALUES ('a', 'Tcp.InCsumErrors', 0, 40);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 5);
