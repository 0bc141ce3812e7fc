-- sign: upstream-answers
-- title: Upstream resolvers answer
-- group: upstream
-- needs: upstream-questions
-- says: upstream resolvers answered {answered} of {n:question}
SELECT (SELECT min(f.ref) FROM v_exchange AS f
        WHERE f.leg = 'dns-to-upstream' AND f.server_text = u.server
          AND f.outcome = 'answered') AS ref,
       u.answered || ' of ' || u.asked || ' questions to ' || u.server
       || ' answered' AS says,
       u.asked AS n, u.answered AS answered
FROM v_upstream_count AS u
WHERE u.answered >= 3 AND u.answered * 10 >= u.asked * 9
  AND NOT EXISTS (SELECT 1 FROM v_upstream_count AS b
                  WHERE b.failed >= 3 AND b.answered * 5 <= b.asked)
ORDER BY u.asked DESC, u.server;
