-- sign: cross-node-only
-- title: Questions fail between nodes and never on one node
-- group: pattern
-- needs: cross-node-questions, same-node-questions
-- says: same-node: {same_failed} of {same_asked} failed; cross-node: {cross_failed} of {cross_asked}
-- Never, or a fifth as often at most: what fails on one node as well is not a
-- matter of the path. An outside name that the server passed on in vain fails
-- wherever it is asked, and says nothing of paths.
SELECT (SELECT min(ref) FROM v_failed WHERE path = 'cross-node') AS ref,
       'same-node ' || s.failed || ' of ' || s.asked || ' failed, cross-node '
       || c.failed || ' of ' || c.asked AS says,
       s.failed AS same_failed, s.asked AS same_asked,
       c.failed AS cross_failed, c.asked AS cross_asked
FROM (SELECT sum(outcome = 'answered') AS answered,
             sum(outcome IN ('failed', 'late')) AS failed, count(*) AS asked
      FROM exchange JOIN v_cluster_zone
      WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown'
        AND client_node IS NOT NULL AND path = 'same-node'
        AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS')
        AND NOT (qname IS NOT NULL AND '.' || qname NOT LIKE '%.' || zone
                   AND (failure IS 'error-code' OR outcome = 'late'
                        OR (failure IS 'no-answer' AND server_saw_query IS 1)))
        AND phase IN (SELECT phase FROM v_pair WHERE failed > 0)) AS s
JOIN (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'cross-node'
        AND phase IN (SELECT phase FROM v_pair WHERE failed > 0)) AS c
WHERE c.failed >= 3 AND s.asked >= 5 AND s.failed * 50 <= s.asked
  AND s.failed * 5 * c.asked <= c.failed * s.asked;
