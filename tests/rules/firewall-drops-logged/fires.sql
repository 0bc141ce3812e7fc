INSERT INTO event VALUES ('kernel', 'firewall-reject', NULL, 4);
UPDATE log_event SET message = 'filter_FWD_public_REJECT: IN=flannel.1 OUT=cni0 SRC=10.244.1.0 DST=10.244.0.2 LEN=69';
