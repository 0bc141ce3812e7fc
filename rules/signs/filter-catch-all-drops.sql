-- sign: filter-catch-all-drops
-- title: A catch-all rule of the packet filter drops more and more
-- group: firewall-catch-all
-- needs: firewall-deltas
-- says: the last {target} rule of {chain} on {node} took {n:packet}
-- Such a rule takes noise of the world as well: weak alone.
SELECT g.ref AS ref,
       g.chain || ' on ' || g.node || ' grew by ' || g.growth || ': ' || g.rule
           AS says,
       g.node AS node, g.chain AS chain, g.target AS target, g.growth AS n,
       'the firewall of ' || g.node AS component, g.node AS to_node
FROM v_drop_growth AS g
JOIN v_node_fails AS f ON f.node = g.node
WHERE g.is_policy = 0 AND g.growth >= 3 AND g.ctstate IS NULL
  -- fewer than half of the node's failures are noise, not their reason
  AND g.growth * 2 >= (SELECT count(*) FROM v_failed AS x
                       WHERE g.node IN (x.client_node, x.server_node))
  AND g.destination_port IS NULL AND g.source IS NULL
  AND g.destination IS NULL AND g.in_interface IS NULL
  AND g.chain IN ('INPUT', 'FORWARD', 'filter_INPUT', 'filter_FORWARD',
                  'ufw-reject-input', 'ufw-reject-forward')
ORDER BY g.growth DESC, g.node, g.chain;
