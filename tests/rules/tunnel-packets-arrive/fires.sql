INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 50), ('b', 'a', 'b', 49);
