INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 150);
UPDATE exchange SET rcode = 'NXDOMAIN' WHERE id % 4 = 0;
