INSERT INTO event VALUES ('kernel', 'conntrack-full', NULL, 2);
