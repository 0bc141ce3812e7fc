-- Each phase ends where the next begins; each exchange belongs to the phase
-- in which it was asked.
UPDATE phase SET end_ns = (SELECT n.start_ns FROM phase AS n
                           WHERE n.number = phase.number + 1);

UPDATE exchange SET phase = coalesce(
    (SELECT max(p.number) FROM phase AS p
     WHERE p.start_ns IS NULL OR p.start_ns <= exchange.asked_ns), 0)
WHERE (SELECT count(*) FROM phase) > 1;
