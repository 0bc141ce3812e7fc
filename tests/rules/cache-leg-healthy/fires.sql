-- SERVFAIL is a reply: the leg to the cache works.
INSERT INTO ask VALUES ('client-to-cache', 'udp', 'a', 'failed', 'error-code', 60, 0, 10);
