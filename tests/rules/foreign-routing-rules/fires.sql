INSERT INTO reading VALUES (1, 'ip rule', '', '30400', 'from 10.0.0.11 lookup 30400');
