INSERT INTO pod_packets VALUES ('a', 0, 17, 20);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
