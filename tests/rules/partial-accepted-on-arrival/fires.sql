-- They come back unfinished and open: a link between virtual machines.
INSERT INTO tally VALUES (1, 'b', 'a', 1, 'tcp', 'partial', 5);
INSERT INTO unfinished_handshake VALUES (1, 5);
