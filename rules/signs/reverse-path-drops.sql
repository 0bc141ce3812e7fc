-- sign: reverse-path-drops
-- title: The reverse path filter drops packets
-- group: reverse-path
-- needs: reverse-path-counter
-- says: the reverse path filter of {node} dropped {n:packet}
SELECT max(d.to_ref) AS ref,
       'IPReversePathFilter of ' || d.node || ' grew by ' || sum(d.delta)
           AS says,
       d.node AS node, sum(d.delta) AS n,
       'the reverse path filter of ' || d.node AS component,
       d.node AS to_node
FROM v_counter_delta AS d
JOIN v_node_fails AS f ON f.node = d.node
WHERE d.name = 'TcpExt.IPReversePathFilter' AND coalesce(d.netns, '') = ''
  AND d.source = (SELECT min(s.source) FROM counter AS s
                  WHERE s.name = 'TcpExt.IPReversePathFilter')
GROUP BY d.node
HAVING sum(d.delta) >= 3
   -- fewer than half of the node's failures are noise, not their reason
   AND sum(d.delta) * 2 >= (SELECT count(*) FROM v_failed AS x
                            WHERE d.node IN (x.client_node, x.server_node))
ORDER BY n DESC, d.node;
