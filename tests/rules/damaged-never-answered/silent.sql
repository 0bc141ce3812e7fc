-- Wrong ones are answered as well as right ones: a card finished them.
UPDATE vantage SET node = NULL;
INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'answered', NULL, 90, 0, 20);
INSERT INTO tunnel_question VALUES ('bad', 'unanswered', 2),
    ('bad', 'answered', 8), ('ok', 'answered', 10);
