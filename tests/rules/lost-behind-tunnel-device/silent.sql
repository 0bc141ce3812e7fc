INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
UPDATE exchange SET last_seen = 'a eth0', first_missing = 'b eth0';
