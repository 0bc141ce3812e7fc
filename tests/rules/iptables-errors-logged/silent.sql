INSERT INTO event VALUES ('kube-proxy', 'sync-failed', NULL, 2);
