INSERT INTO growth VALUES ('a', 'conntrack.drop', 0, 3);
