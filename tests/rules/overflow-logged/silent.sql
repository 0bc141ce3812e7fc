INSERT INTO logged VALUES (x'cb007135', 'timeout', 4);
