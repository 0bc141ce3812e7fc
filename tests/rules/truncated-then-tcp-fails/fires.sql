INSERT INTO ask VALUES ('dns-to-upstream', 'tcp', 'up', 'failed', 'no-answer', NULL, 0, 6);
INSERT INTO raw_question SELECT i, 'answered', x'cb007135' FROM number WHERE i <= 4;
UPDATE dns_exchange SET is_truncated = 1;
