-- Captured somewhere: with a wrong checksum none is answered, with a right one
-- all are.
UPDATE vantage SET node = NULL;
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 20);
INSERT INTO tunnel_question VALUES ('bad', 'unanswered', 10),
    ('ok', 'answered', 10);
