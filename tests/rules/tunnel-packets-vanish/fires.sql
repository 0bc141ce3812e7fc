-- That b's capture takes tunnel packets is shown by what b sends.
INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 50), ('b', 'b', 'a', 1);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 5);
