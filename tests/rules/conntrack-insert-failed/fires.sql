INSERT INTO growth VALUES ('a', 'conntrack.insert_failed', 0, 30);
