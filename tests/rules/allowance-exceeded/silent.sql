INSERT INTO growth VALUES ('a', 'linklocal_allowance_exceeded', 90, 90);
UPDATE counter SET source = 'ethtool -S', interface = 'eth0';
INSERT INTO ask VALUES ('dns-to-upstream', 'udp', 'up', 'failed', 'no-answer', NULL, 0, 6);
