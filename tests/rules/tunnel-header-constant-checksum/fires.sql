INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 50);
INSERT INTO tunnel_defect VALUES (65535, NULL, 5);
