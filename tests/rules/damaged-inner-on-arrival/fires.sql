-- Wrong inner checksums arrive at b, and questions from a to b fail.
INSERT INTO tally VALUES (2, 'a', 'b', 1, 'tcp', 'bad', 5);
INSERT INTO inner_defect VALUES (5);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 5);
