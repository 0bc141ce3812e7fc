-- sign: pairs-cut-off
-- title: Between some nodes no question gets through
-- group: pattern-of-pairs
-- needs: cross-node-questions
-- says: of {asked:question} from {from_node} to {to_node} none got through and back
-- Lost without a word, all of them, for as long as a phase lasts; an answer
-- with an error or a refusal did get through.
SELECT min(f.ref) AS ref,
       'none of ' || p.asked || ' questions from ' || p.client_node || ' to '
       || p.server_node || ' got through and back' AS says,
       p.client_node AS from_node, p.server_node AS to_node,
       p.asked AS asked
FROM v_pair AS p
JOIN v_failed AS f ON f.client_node = p.client_node
                  AND f.server_node = p.server_node AND f.phase = p.phase
                  AND f.leg IN ('client-to-dns', 'cache-to-dns')
WHERE p.path = 'cross-node' AND p.asked >= 5 AND p.failed = p.asked
GROUP BY p.client_node, p.server_node, p.phase
HAVING sum(f.failure IN ('refused', 'error-code') OR f.outcome = 'late') = 0
ORDER BY p.asked DESC, p.client_node, p.server_node, p.phase;
