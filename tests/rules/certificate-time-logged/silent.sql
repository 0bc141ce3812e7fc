INSERT INTO event VALUES ('kubelet', 'probe-failed', 'refused', 3);
