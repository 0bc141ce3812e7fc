-- sign: conntrack-invalid-growth
-- title: Connection tracking calls more and more packets invalid
-- group: conntrack-invalid
-- needs: conntrack-deltas
-- says: conntrack error and invalid of {to_node} grew by {n}: forwarded packets with bad checksums count there
SELECT max(d.to_ref) AS ref,
       'conntrack error of ' || d.node || ' grew by '
       || (max(d."to") - min(d."from")) AS says,
       d.node AS to_node, max(d."to") - min(d."from") AS n
FROM v_counter_delta AS d
WHERE d.name = 'conntrack.error' AND d.netns = ''
GROUP BY d.node
HAVING max(d."to") - min(d."from") >= 10
ORDER BY n DESC, d.node;
