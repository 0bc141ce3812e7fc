INSERT INTO reading VALUES (1, 'uname', '', 'release', '5.15.0-91-generic');
