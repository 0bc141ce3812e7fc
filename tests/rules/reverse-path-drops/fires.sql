INSERT INTO growth VALUES ('b', 'TcpExt.IPReversePathFilter', 0, 30);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
