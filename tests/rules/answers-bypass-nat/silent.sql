INSERT INTO ask VALUES ('client-to-dns', 'udp', 'a', 'failed', 'no-answer', NULL, 0, 5);
INSERT INTO raw_question SELECT i, 'unanswered', x'cb00710a' FROM number WHERE i <= 4;
