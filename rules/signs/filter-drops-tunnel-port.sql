-- sign: filter-drops-tunnel-port
-- title: A packet filter rule drops a tunnel's port
-- group: firewall
-- needs: firewall-deltas
-- says: a {target} rule of {chain} on {node}, which names the tunnel's port, took {n:packet}: {rule}
SELECT g.ref AS ref,
       g.chain || ' on ' || g.node || ' grew by ' || g.growth || ': ' || g.rule
           AS says,
       g.node AS node, g.chain AS chain, g.target AS target, g.growth AS n,
       g.rule AS rule, 'the firewall of ' || g.node AS component,
       g.node AS to_node
FROM v_drop_growth AS g
JOIN v_node_fails AS f ON f.node = g.node
JOIN v_tunnel_port AS p
  ON g.destination_port REGEXP ('\b' || p.port || '\b')
WHERE g.is_policy = 0 AND g.growth >= 3
GROUP BY g.node, g.chain, g.rule
ORDER BY g.growth DESC, g.node, g.chain;
