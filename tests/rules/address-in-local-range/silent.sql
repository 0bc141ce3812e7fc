INSERT INTO route VALUES (5, 1, 'unicast', x'cb007100', 24, NULL, 'eth0', 'kernel', NULL);
INSERT INTO ask VALUES ('dns-to-upstream', 'udp', 'up', 'failed', 'no-answer', NULL, 0, 6);
