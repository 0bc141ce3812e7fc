INSERT INTO event VALUES ('kernel', 'udp-bad-checksum', NULL, 4);
UPDATE log_event SET client = x'c0000201', client_port = 40000 + line, local = x'c0000202', local_port = 5000;
