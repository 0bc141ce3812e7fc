INSERT INTO growth VALUES ('a', 'conntrack.insert_failed', 30, 30);
