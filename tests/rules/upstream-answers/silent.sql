INSERT INTO ask VALUES ('dns-to-upstream', 'udp', 'up', 'failed', 'no-answer', NULL, 0, 6);
