INSERT INTO logged VALUES (x'cb00710a', 'timeout', 5);
