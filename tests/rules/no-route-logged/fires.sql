INSERT INTO logged VALUES (x'c6336402', 'no-route', 4);
