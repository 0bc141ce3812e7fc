-- sign: reassembly-fails
-- title: Fragments do not come together
-- group: reassembly
-- needs: counter-deltas
-- says: Ip ReasmFails of {node} grew by {n}
SELECT max(d.to_ref) AS ref,
       d.name || ' of ' || CASE WHEN d.netns = '' THEN d.node
                                ELSE 'pod ' || d.netns END
       || ' grew by ' || sum(d.delta) AS says,
       d.node AS node, sum(d.delta) AS n,
       'the path of fragments to ' || d.node AS component, d.node AS to_node
FROM v_counter_delta AS d
JOIN v_node_fails AS f ON f.node = d.node
WHERE d.name = 'Ip.ReasmFails'
  AND d.source = (SELECT min(s.source) FROM counter AS s
                  WHERE s.name = 'Ip.ReasmFails')
GROUP BY d.node, d.netns, d.name
HAVING sum(d.delta) >= 3
ORDER BY n DESC, d.node, d.netns;
