INSERT INTO raw_question SELECT i, 'answered', x'c6336402' FROM number WHERE i <= 8;
UPDATE dns_exchange SET rcode = 'SERVFAIL', answered_ns = asked_ns + 2000000000, identity = number;
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'error-code', NULL, 0, 8);
