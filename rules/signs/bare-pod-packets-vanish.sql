-- sign: bare-pod-packets-vanish
-- title: Pod packets without a tunnel leave one node and never reach the other
-- group: bare-delivery
-- needs: cross-node-questions
-- says: {n:packet} between pods left {from_node} for {to_node} without a tunnel and none arrived, while the capture there was running
SELECT min(s.ref) AS ref,
       sum(s.packets) || ' packets between pods left ' || s.from_node || ' for '
       || s.to_node || ', none arrived' AS says,
       sum(s.packets) AS n,
       'the network between ' || s.from_node || ' and ' || s.to_node
           AS component,
       s.from_node AS from_node, s.to_node AS to_node
FROM v_pod_flow AS s
WHERE s.node = s.from_node AND s.depth = 0
  AND EXISTS (SELECT 1 FROM vantage AS v
              JOIN evidence AS e ON e.id = v.evidence_id
              WHERE v.node = s.to_node AND v.kind = 'uplink'
                AND e.first_ns <= s.last_ns AND e.last_ns >= s.first_ns
                -- a filter that leaves bare packets out shows none either
                AND EXISTS (SELECT 1 FROM traffic AS t
                            JOIN v_owner AS o
                              ON o.address IN (t.source, t.destination)
                             AND o.kind = 'pod'
                            WHERE t.evidence_id = v.evidence_id
                              AND t.interface = v.interface AND t.depth = 0
                              AND t.tunnel = ''))
  AND NOT EXISTS (SELECT 1 FROM v_pod_flow AS a
                  WHERE a.node = a.to_node AND a.depth = 0
                    AND a.from_node = s.from_node AND a.to_node = s.to_node)
  AND s.to_node IN (SELECT node FROM v_node_fails)
GROUP BY s.from_node, s.to_node
HAVING sum(s.packets) >= 5
ORDER BY n DESC, s.from_node, s.to_node;
