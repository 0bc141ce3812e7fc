-- sign: endpoint-checksum-errors
-- title: The end points count checksum errors of inner packets
-- group: checksum-counters
-- needs: counter-deltas
-- says: {rows:counter} of TCP or UDP checksum errors grew where tunnelled packets end, such as by {n} at {to_node}
-- TCP on the node (its own connections, as those of node-local DNS), or TCP
-- and UDP in a pod's namespace. Only nodes whose questions fail count: a bad
-- flow between two others is their affair.
SELECT max(d.to_ref) AS ref,
       d.name || ' of ' || CASE WHEN d.netns = '' THEN d.node
                                ELSE 'pod ' || d.netns END
       || ' grew from ' || min(d."from") || ' to ' || max(d."to") AS says,
       d.node AS to_node, max(d."to") - min(d."from") AS n
FROM v_counter_delta AS d
WHERE (d.name = 'Tcp.InCsumErrors'
       OR (d.name = 'Udp.InCsumErrors' AND d.netns <> ''))
  AND d.source = (SELECT min(s.source) FROM v_counter_delta AS s
                  WHERE s.node = d.node AND s.name = d.name
                    AND s.netns = d.netns)
  AND EXISTS (SELECT 1 FROM v_failed AS f
              WHERE f.path = 'cross-node'
                AND d.node IN (f.client_node, f.server_node))
GROUP BY d.node, d.netns, d.name
HAVING max(d."to") - min(d."from") >= 3
ORDER BY n DESC, d.node, d.netns, d.name;
