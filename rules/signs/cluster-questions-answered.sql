-- sign: cluster-questions-answered
-- title: Questions to the cluster's own DNS are answered
-- group: cluster-side
-- needs: questions
-- says: cluster DNS answered {answered} of {asked:question}
SELECT (SELECT min(ref) FROM v_answered
        WHERE leg IN ('client-to-dns', 'cache-to-dns')) AS ref,
       answered || ' of ' || asked || ' answered' AS says,
       answered AS answered, asked AS asked
FROM (SELECT sum(outcome = 'answered') AS answered, count(*) AS asked
      FROM exchange
      WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown')
WHERE asked >= 10 AND answered * 50 >= asked * 49;
