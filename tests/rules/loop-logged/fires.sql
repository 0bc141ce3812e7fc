INSERT INTO event VALUES ('coredns', 'loop-detected', NULL, 1);
