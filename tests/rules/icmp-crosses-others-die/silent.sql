INSERT INTO probe VALUES (10, 1, 'ping', NULL, x'c6336402', NULL, 'icmp', NULL, NULL, 'timeout', NULL, NULL),
    (10, 9, 'dig', NULL, x'c6336402', 53, 'udp', 'a.example.', 'A', 'timeout', NULL, NULL);
