-- sign: policy-chain-drops
-- title: The chains of network policies drop packets
-- group: policy
-- needs: firewall-deltas
-- says: the policy chain {chain} on {node} dropped {n:packet}
SELECT g.ref AS ref,
       g.chain || ' on ' || g.node || ' grew by ' || g.growth || ': ' || g.rule
           AS says,
       g.chain AS chain, g.node AS node, g.growth AS n,
       'the policy chain ' || g.chain || ' of ' || g.node AS component,
       g.node AS to_node
FROM v_drop_growth AS g
JOIN v_node_fails AS f ON f.node = g.node
WHERE g.growth >= 3 AND coalesce(g.ctstate, '') NOT LIKE '%INVALID%'
  AND g.chain REGEXP '^(cali-(tw|fw|pi|po|pri|pro)-|KUBE-NWPLCY|KUBE-POD-FW|WEAVE-NPC)'
ORDER BY g.growth DESC, g.node, g.chain;
