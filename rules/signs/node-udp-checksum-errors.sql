-- sign: node-udp-checksum-errors
-- title: A node counts UDP checksum errors
-- group: checksum-counters
-- needs: counter-deltas
-- says: Udp InCsumErrors of {to_node} grew by {n}: it dropped datagrams addressed to itself, tunnel headers included
SELECT max(d.to_ref) AS ref,
       'Udp.InCsumErrors of ' || d.node || ' grew from ' || min(d."from")
       || ' to ' || max(d."to") AS says,
       d.node AS to_node, max(d."to") - min(d."from") AS n
FROM v_counter_delta AS d
WHERE d.name = 'Udp.InCsumErrors' AND d.netns = ''
  AND d.source = (SELECT min(s.source) FROM v_counter_delta AS s
                  WHERE s.node = d.node AND s.name = d.name AND s.netns = '')
GROUP BY d.node
HAVING max(d."to") - min(d."from") >= 3
ORDER BY n DESC, d.node;
