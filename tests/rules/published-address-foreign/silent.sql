INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node, address) VALUES (9, 1, 'node', '', 'b', 'b', x'c0000202');
INSERT INTO reading VALUES (1, 'node annotation', '', 'b/flannel.alpha.coreos.com/public-ip', '192.0.2.2');
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
