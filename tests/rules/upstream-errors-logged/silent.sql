-- Timeouts to the cluster's own service are another matter.
INSERT INTO logged VALUES (x'cb00710a', 'timeout', 5);
