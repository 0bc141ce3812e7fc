-- sign: same-node-only
-- title: Questions fail on one node and never between nodes
-- group: pattern
-- needs: same-node-questions, cross-node-questions
-- says: same-node: {same_failed} of {same_asked} failed; cross-node: {cross_failed} of {cross_asked}
SELECT (SELECT min(ref) FROM v_failed
        WHERE path = 'same-node' AND leg <> 'client-to-cache') AS ref,
       'same-node ' || s.failed || ' of ' || s.asked || ' failed, cross-node '
       || c.failed || ' of ' || c.asked AS says,
       s.failed AS same_failed, s.asked AS same_asked,
       c.failed AS cross_failed, c.asked AS cross_asked
FROM (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'same-node'
        AND phase IN (SELECT phase FROM v_pair WHERE failed > 0)) AS s
JOIN (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'cross-node'
        AND phase IN (SELECT phase FROM v_pair WHERE failed > 0)) AS c
WHERE s.failed >= 3 AND s.failed * 5 >= s.asked
  AND c.asked >= 5 AND c.failed * 50 <= c.asked;
