-- sign: cluster-questions-fail
-- title: Questions to the cluster's own DNS fail
-- group: cluster-side
-- needs: questions
-- says: {failed} of {asked:question} to cluster DNS failed
-- A server that passes on an outside name and hears nothing answers SERVFAIL,
-- late, or not at all: that is no failure of the cluster's own side.
SELECT (SELECT min(ref) FROM v_failed
        WHERE leg IN ('client-to-dns', 'cache-to-dns')) AS ref,
       failed || ' of ' || asked || ' failed' AS says,
       failed AS failed, asked AS asked
FROM (SELECT sum(outcome IN ('failed', 'late')) AS failed, count(*) AS asked
      FROM exchange JOIN v_cluster_zone
      WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown'
        AND NOT (qname IS NOT NULL AND '.' || qname NOT LIKE '%.' || zone
                   AND (failure IS 'error-code' OR outcome = 'late'
                        OR (failure IS 'no-answer' AND server_saw_query IS 1))))
WHERE failed >= 3 AND failed * 20 >= asked;
