INSERT INTO event VALUES ('kernel', 'link-up', NULL, 2);
