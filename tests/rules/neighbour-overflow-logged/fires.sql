INSERT INTO event VALUES ('kernel', 'neighbour-overflow', NULL, 2);
