-- sign: upstream-silent
-- title: Upstream resolvers do not answer
-- group: upstream
-- needs: upstream-questions
-- says: upstream resolver {server} got {n:question} and sent {answered:answer}
SELECT (SELECT min(f.ref) FROM v_exchange AS f
        WHERE f.leg = 'dns-to-upstream' AND f.server_text = u.server
          AND f.outcome = 'failed') AS ref,
       u.asked || ' questions to ' || u.server || ', ' || u.answered
       || ' answered' AS says,
       'upstream resolver ' || u.server AS component, u.server AS server,
       u.asked AS n, u.answered AS answered
FROM v_upstream_count AS u
WHERE u.failed >= 3 AND u.answered * 5 <= u.asked
ORDER BY u.failed DESC, u.server;
