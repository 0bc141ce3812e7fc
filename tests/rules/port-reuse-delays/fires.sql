INSERT INTO ask VALUES ('client-to-dns', 'tcp', 'b', 'late', NULL, 90, 0, 5);
INSERT INTO unfinished_handshake VALUES (1, 10);
UPDATE tcp_connection SET client_port = 40000 + number % 5, syns = CASE WHEN number > 5 THEN 2 ELSE 1 END;
