-- sign: same-node-fails-too
-- title: Questions fail on one node as well
-- group: pattern
-- needs: same-node-questions
-- says: {failed} of {asked} questions to a DNS pod on the same node failed as well
SELECT (SELECT min(ref) FROM v_failed
        WHERE path = 'same-node' AND leg <> 'client-to-cache') AS ref,
       s.failed || ' of ' || s.asked || ' same-node questions failed' AS says,
       s.failed AS failed, s.asked AS asked
FROM (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'same-node') AS s
WHERE s.failed >= 3 AND s.failed * 10 >= s.asked;
