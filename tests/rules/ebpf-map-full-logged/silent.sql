INSERT INTO event VALUES ('cilium', 'policy-denied', NULL, 3);
