INSERT INTO ask VALUES ('client-to-dns', 'tcp', 'b', 'late', NULL, 90, 0, 5);
INSERT INTO unfinished_handshake VALUES (1, 10);
