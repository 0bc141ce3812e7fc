-- One damaged header among many is one too many.
INSERT INTO tally VALUES (2, 'a', 'b', 1, 'tcp', 'ok', 50), (2, 'a', 'b', 1, 'tcp', 'bad', 1);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', NULL, 0, 5);
