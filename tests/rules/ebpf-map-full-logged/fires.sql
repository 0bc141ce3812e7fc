INSERT INTO event VALUES ('cilium', 'ebpf-map-full', NULL, 3);
