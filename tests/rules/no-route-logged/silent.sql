INSERT INTO logged VALUES (x'c6336402', 'timeout', 4);
