INSERT INTO reading VALUES (1, 'node annotation', '', 'a/flannel.alpha.coreos.com/public-ip', '10.0.2.15'), (1, 'node annotation', '', 'b/flannel.alpha.coreos.com/public-ip', '10.0.2.15');
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
