INSERT INTO event VALUES ('node-cache', 'listen', NULL, 2);
