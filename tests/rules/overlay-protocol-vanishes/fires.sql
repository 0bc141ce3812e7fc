INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 40), ('b', 'b', 'a', 40);
UPDATE traffic SET tunnel = 'ipip';
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
