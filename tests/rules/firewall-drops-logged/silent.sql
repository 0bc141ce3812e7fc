INSERT INTO event VALUES ('kernel', 'firewall-reject', NULL, 4);
UPDATE log_event SET message = '[UFW BLOCK] IN=eth0 OUT= SRC=1.2.3.4 DST=10.0.0.2 LEN=40 PROTO=TCP SPT=4444 DPT=23';
