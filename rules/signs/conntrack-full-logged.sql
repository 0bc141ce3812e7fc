-- sign: conntrack-full-logged
-- title: The connection tracking table is full
-- group: conntrack-full
-- needs: conntrack-deltas
-- says: conntrack dropped {n:packet} of {node} for lack of room
SELECT max(d.to_ref) AS ref,
       d.name || ' of ' || d.node || ' grew by '
       || (max(d."to") - min(d."from")) AS says,
       d.node AS node, max(d."to") - min(d."from") AS n
FROM v_counter_delta AS d
WHERE d.name IN ('conntrack.drop', 'conntrack.early_drop')
GROUP BY d.node, d.name
HAVING max(d."to") - min(d."from") > 0
ORDER BY n DESC, d.node, d.name;
