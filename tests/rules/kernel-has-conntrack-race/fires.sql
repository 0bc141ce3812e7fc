INSERT INTO reading VALUES (1, 'uname', '', 'release', '4.15.0-1009-aws');
