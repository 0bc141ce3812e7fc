INSERT INTO ask VALUES ('dns-to-upstream', 'udp', 'up', 'failed', 'no-answer', NULL, 0, 6);
UPDATE exchange SET qtype = 'AAAA';
INSERT INTO ask VALUES ('dns-to-upstream', 'udp', 'up', 'failed', 'no-answer', NULL, 0, 6);
