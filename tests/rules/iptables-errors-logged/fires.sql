INSERT INTO event VALUES ('kube-proxy', 'iptables-error', NULL, 2);
