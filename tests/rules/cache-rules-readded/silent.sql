INSERT INTO event VALUES ('node-cache', 'rule-added', NULL, 4);
UPDATE log_event SET at_ns = line * 1000000, time_is = 'exact';
