-- Large, and it stands still.
INSERT INTO growth VALUES ('b', 'Udp.InCsumErrors', 4000, 4000);
