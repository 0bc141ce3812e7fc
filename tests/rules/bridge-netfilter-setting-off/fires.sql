INSERT INTO reading VALUES (1, 'sysctl', '', 'net.bridge.bridge-nf-call-iptables', '0');
