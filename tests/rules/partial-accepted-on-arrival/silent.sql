-- Five handshakes come back unfinished and none opens.
INSERT INTO tally VALUES (1, 'b', 'a', 1, 'tcp', 'partial', 5);
INSERT INTO unfinished_handshake VALUES (0, 5);
