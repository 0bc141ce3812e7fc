INSERT INTO reading VALUES (1, 'ip rule', '', '32766', 'from all lookup main');
