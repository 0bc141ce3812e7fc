INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
INSERT INTO icmp_error VALUES (1, 5, 0, 0, 'in', 5, x'c0000202', x'c0000201', 3, 3, NULL, 17, x'c0000201', 40000, x'c0000202', 53);
