-- sign: allowance-exceeded
-- title: The cloud's network card counts packets over its allowance
-- group: allowance
-- needs: card-counter-deltas
-- says: {name} of {interface} at {node} grew by {n}
SELECT max(d.to_ref) AS ref,
       d.name || ' of ' || d.interface || ' at ' || d.node || ' grew by '
       || sum(d.delta) AS says,
       d.name AS name, d.interface AS interface, d.node AS node,
       sum(d.delta) AS n,
       d.interface || ' of ' || d.node AS component, d.node AS from_node
FROM v_counter_delta AS d
WHERE d.name IN ('linklocal_allowance_exceeded', 'pps_allowance_exceeded',
                 'conntrack_allowance_exceeded')
  AND EXISTS (SELECT 1 FROM v_symptom)
GROUP BY d.node, d.interface, d.name
HAVING sum(d.delta) > 0
ORDER BY d.name = 'linklocal_allowance_exceeded' DESC, n DESC, d.node;
