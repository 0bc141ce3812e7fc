INSERT INTO logged VALUES (x'cb007135', 'max-concurrent', 5);
