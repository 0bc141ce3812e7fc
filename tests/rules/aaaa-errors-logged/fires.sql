INSERT INTO logged VALUES (x'cb007135', 'timeout', 9);
UPDATE log_event SET qtype = 'AAAA';
