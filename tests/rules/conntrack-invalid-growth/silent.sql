INSERT INTO growth VALUES ('a', 'conntrack.error', 30, 31);
