INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 100);
UPDATE exchange SET attempts = 2 WHERE id % 6 = 0;
