-- sign: fixed-by-rp-filter
-- title: Loosening the reverse path filter ended it
-- group: cure
-- needs: two-phases, questions
-- says: questions failed until {name} was set from 1 to {value}, and none failed after
SELECT c.after_ref AS ref, c.what AS says, c.name AS name, c."to" AS value
FROM v_change AS c
JOIN (SELECT sum(failed) AS failed FROM v_pair
      WHERE phase < (SELECT max(number) FROM phase)) AS b
JOIN (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE phase = (SELECT max(number) FROM phase)) AS a
WHERE c.name LIKE '%.rp_filter' AND c."from" = '1' AND c."to" IN ('0', '2')
  AND b.failed >= 3 AND a.failed = 0 AND a.asked >= 5
ORDER BY c.latest_ns, c.node, c.name;
