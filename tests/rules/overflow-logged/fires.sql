INSERT INTO logged VALUES (x'cb007135', 'overflow', 4);
