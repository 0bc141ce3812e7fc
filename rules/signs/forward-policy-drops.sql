-- sign: forward-policy-drops
-- title: The FORWARD policy drops packets
-- group: forward-policy
-- needs: firewall-deltas
-- says: the FORWARD chain of {node} ends in DROP and took {n:packet}
SELECT g.ref AS ref,
       'FORWARD policy of ' || g.node || ' grew by ' || g.growth AS says,
       g.node AS node, g.growth AS n,
       'the FORWARD chain of ' || g.node AS component, g.node AS to_node
FROM v_drop_growth AS g
JOIN v_node_fails AS f ON f.node = g.node
WHERE g.is_policy = 1 AND g.chain = 'FORWARD' AND g.growth >= 3
  -- fewer than half of the node's failures are noise, not their reason
  AND g.growth * 2 >= (SELECT count(*) FROM v_failed AS x
                       WHERE g.node IN (x.client_node, x.server_node))
ORDER BY g.growth DESC, g.node;
