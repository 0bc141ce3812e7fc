INSERT INTO growth VALUES ('a', 'conntrack.drop', 3, 3);
