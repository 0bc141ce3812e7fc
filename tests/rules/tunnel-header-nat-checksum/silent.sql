-- Wrong tunnel headers that no port explains are damage, not NAT.
INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 50);
INSERT INTO tunnel_defect VALUES (4660, 80, 5);
