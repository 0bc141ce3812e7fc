INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'no-answer', NULL, 0, 3);
INSERT INTO raw_question VALUES (1, 'unanswered', x'c6336402'), (2, 'unanswered', x'c6336402'), (3, 'unanswered', x'c6336402'),
    (4, 'answered', x'c6336402'), (5, 'answered', x'c6336402'), (6, 'answered', x'c6336402');
UPDATE dns_exchange SET last_asked_ns = asked_ns;
