INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 5);
INSERT INTO clock_offset VALUES ('b', 90000000000, 1000000, 50, 'a');
