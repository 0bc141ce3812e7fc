-- The same damage on a pair of nodes whose questions are all answered.
INSERT INTO tally VALUES (2, 'a', 'b', 1, 'tcp', 'bad', 5);
INSERT INTO inner_defect VALUES (5);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 5);
