INSERT INTO reading VALUES (1, 'ss', '', 'listen.udp.53', '0.0.0.0 dnsmasq');
