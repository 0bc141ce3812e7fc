-- sign: cluster-questions-fail
-- title: Questions to the cluster's own DNS fail
-- group: cluster-side
-- needs: questions
-- says: {failed} of {asked} questions to cluster DNS failed
-- A server that passes on an outside name and hears nothing answers SERVFAIL,
-- late, or not at all: that is no failure of the cluster's own side.
SELECT (SELECT min(ref) FROM v_failed
        WHERE leg IN ('client-to-dns', 'cache-to-dns')) AS ref,
       failed || ' of ' || asked || ' failed' AS says,
       failed AS failed, asked AS asked
FROM (SELECT sum(outcome IN ('failed', 'late')
                 AND (qname IS NULL
                      OR failure IN ('query-lost', 'query-damaged', 'refused',
                                     'answer-lost', 'answer-damaged')
                      OR '.' || qname LIKE '%.' || zone)) AS failed,
             count(*) AS asked
      FROM exchange JOIN v_cluster_zone
      WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown')
WHERE failed >= 3 AND failed * 20 >= asked;
