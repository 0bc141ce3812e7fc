INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 40), ('b', 'b', 'a', 1);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
