INSERT INTO event VALUES ('kubelet', 'certificate-time', 'certificate-time', 3);
