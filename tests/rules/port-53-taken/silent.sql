INSERT INTO reading VALUES (1, 'ss', '', 'listen.udp.53', '127.0.0.53 systemd-resolve');
