INSERT INTO reading VALUES (1, 'node annotation', '', 'a/flannel.alpha.coreos.com/public-ip', '192.0.2.1'), (1, 'node annotation', '', 'b/flannel.alpha.coreos.com/public-ip', '192.0.2.2');
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
