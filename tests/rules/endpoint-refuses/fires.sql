INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'refused', NULL, 0, 8);
