-- sign: conntrack-insert-failed
-- title: Connection tracking lost races for new entries
-- group: conntrack-race
-- needs: conntrack-deltas
-- says: conntrack insert_failed of {node} grew by {n}
SELECT max(d.to_ref) AS ref,
       'insert_failed of ' || d.node || ' grew by '
       || (max(d."to") - min(d."from")) AS says,
       'connection tracking of ' || d.node AS component,
       d.node AS node, max(d."to") - min(d."from") AS n
FROM v_counter_delta AS d
WHERE d.name = 'conntrack.insert_failed' AND d.netns = ''
GROUP BY d.node
HAVING max(d."to") - min(d."from") >= 3
   -- fewer than half of the client node's failures are noise
   AND (max(d."to") - min(d."from")) * 2
       >= (SELECT count(*) FROM v_failed AS x WHERE x.client_node = d.node)
ORDER BY n DESC, d.node;
