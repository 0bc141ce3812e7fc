INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node, address) VALUES (9, 1, 'node', '', 'a', 'a', x'c0000201');
INSERT INTO tunnel_packets VALUES ('a', 'a', 'b', 40);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
