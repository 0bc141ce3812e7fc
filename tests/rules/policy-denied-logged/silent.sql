INSERT INTO event VALUES ('cilium', 'policy-denied', NULL, 4);
UPDATE log_event SET message = 'xx drop (Policy denied) 10.0.1.7:40000 -> 10.0.2.4:8080 tcp';
