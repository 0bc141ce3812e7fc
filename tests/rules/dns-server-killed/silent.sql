INSERT INTO event VALUES ('kernel', 'out-of-memory', NULL, 2);
UPDATE log_event SET message = 'Memory cgroup out of memory: Killed process 812 (java)';
