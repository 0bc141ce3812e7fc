INSERT INTO ask VALUES ('dns-to-upstream', 'udp', 'up', 'answered', NULL, 90, 0, 6);
