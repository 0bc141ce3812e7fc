INSERT INTO owner VALUES (x'c6336409', 'pod', 'other', 'bank', 'a', 0, 10, 9, 3);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 6);
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 6);
UPDATE exchange SET client = x'c6336409' WHERE outcome = 'failed';
