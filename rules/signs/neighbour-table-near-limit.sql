-- sign: neighbour-table-near-limit
-- title: A node has as many neighbours as its limit allows
-- group: neighbour-table
-- needs: neighbours, sysctls
-- says: {node} has {entries:neighbour} and gc_thresh3 is {max}
SELECT n.ref AS ref,
       n.entries || ' entries, net.ipv4.neigh.default.gc_thresh3 = ' || s.value
           AS says,
       n.node AS node, n.entries AS entries, s.value AS max,
       'the neighbour table of ' || n.node AS component, n.node AS from_node
FROM (SELECT e.node AS node, max(e.path) AS ref, count(*) AS entries
      FROM neighbour AS n JOIN evidence AS e ON e.id = n.evidence_id
      WHERE n.source = 'ip neigh' AND length(n.address) = 4
        AND coalesce(n.state, '') <> 'PERMANENT'
      GROUP BY n.evidence_id) AS n
JOIN v_setting AS s ON s.node = n.node AND s.source = 'sysctl'
 AND s.name = 'net.ipv4.neigh.default.gc_thresh3'
JOIN v_node_fails AS f ON f.node = n.node
WHERE CAST(s.value AS INTEGER) > 0
  AND n.entries * 100 >= CAST(s.value AS INTEGER) * 95
GROUP BY n.node
ORDER BY n.node;
