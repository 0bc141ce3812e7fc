INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 20);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'error-code', NULL, 0, 20);
