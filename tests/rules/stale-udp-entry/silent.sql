INSERT INTO conntrack VALUES (5, 1, 17, NULL, x'c6336401', x'cb00710a', 40000, 53, x'c6336402', x'c6336401', 53, 40000, 1, 0);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 5);
