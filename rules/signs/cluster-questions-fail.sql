-- sign: cluster-questions-fail
-- title: Questions to the cluster's own DNS fail
-- group: cluster-side
-- needs: questions
-- says: {failed} of {asked} questions to cluster DNS failed
SELECT (SELECT min(ref) FROM v_failed
        WHERE leg IN ('client-to-dns', 'cache-to-dns')) AS ref,
       failed || ' of ' || asked || ' failed' AS says,
       failed AS failed, asked AS asked
FROM (SELECT sum(outcome IN ('failed', 'late')) AS failed, count(*) AS asked
      FROM exchange
      WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown')
WHERE failed >= 3 AND failed * 20 >= asked;
