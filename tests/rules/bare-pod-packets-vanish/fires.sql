-- That b's capture takes bare packets is shown by what dns-b sends upstream.
INSERT INTO pod_packets VALUES ('a', 0, 17, 20), ('b', 0, 17, 20);
UPDATE traffic SET source = x'c6336402', destination = x'cb007135'
WHERE evidence_id = 2;
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'query-lost', NULL, 0, 5);
