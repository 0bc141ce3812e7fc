-- Unfinished tunnel headers at their sender are right.
INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 50);
INSERT INTO tally VALUES (1, 'a', 'b', 0, 'udp', 'partial', 50);
