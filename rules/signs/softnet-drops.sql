-- sign: softnet-drops
-- title: A node's processors do not keep up with its packets
-- group: pressure
-- needs: counter-deltas
-- says: the kernel of {node} dropped {n:packet} before looking at them (softnet)
SELECT max(d.to_ref) AS ref,
       'softnet.dropped of ' || d.node || ' grew by ' || sum(d.delta) AS says,
       d.node AS node, sum(d.delta) AS n, 'node ' || d.node AS component,
       d.node AS to_node
FROM v_counter_delta AS d
JOIN v_node_fails AS f ON f.node = d.node
WHERE d.name = 'softnet.dropped' AND coalesce(d.netns, '') = ''
GROUP BY d.node
HAVING sum(d.delta) >= 10
ORDER BY n DESC, d.node;
