INSERT INTO event VALUES ('kernel', 'martian', NULL, 5);
UPDATE log_event SET client = x'01020304';
