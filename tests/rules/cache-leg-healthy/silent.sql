INSERT INTO ask VALUES ('client-to-cache', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 10);
