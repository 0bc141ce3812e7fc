INSERT INTO event VALUES ('coredns', 'start', NULL, 3);
