-- sign: same-node-fails-too
-- title: Questions fail on one node as well
-- group: pattern
-- needs: same-node-questions
-- says: {failed} of {asked:question} to a DNS pod on the same node failed as well
-- An outside name that the server passed on in vain fails wherever it is
-- asked, and says nothing of paths.
SELECT (SELECT min(ref) FROM v_failed
        WHERE path = 'same-node' AND leg <> 'client-to-cache') AS ref,
       s.failed || ' of ' || s.asked || ' same-node questions failed' AS says,
       s.failed AS failed, s.asked AS asked
FROM (SELECT sum(outcome = 'answered') AS answered,
             sum(outcome IN ('failed', 'late')) AS failed, count(*) AS asked
      FROM exchange JOIN v_cluster_zone
      WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown'
        AND client_node IS NOT NULL AND path = 'same-node'
        AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS')
        AND NOT (qname IS NOT NULL AND '.' || qname NOT LIKE '%.' || zone
                   AND (failure IS 'error-code' OR outcome = 'late'
                        OR (failure IS 'no-answer' AND server_saw_query IS 1)))) AS s
WHERE s.failed >= 3 AND s.failed * 10 >= s.asked;
