INSERT INTO probe VALUES (10, 1, 'ping', NULL, x'c6336402', NULL, 'icmp', NULL, NULL, 'timeout', NULL, NULL);
