INSERT INTO growth VALUES ('a', 'conntrack.error', 0, 30);
