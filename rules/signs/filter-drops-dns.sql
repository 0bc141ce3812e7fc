-- sign: filter-drops-dns
-- title: A packet filter rule drops DNS or overlay packets
-- group: firewall
-- needs: firewall-deltas
-- says: a {target} rule of {chain} on {node} took {n:packet}: {rule}
-- Rules that name port 53, a tunnel's port or a tunnel or pod device. Drops
-- of invalid packets are an effect, not a rule against anybody.
SELECT g.ref AS ref,
       g.chain || ' on ' || g.node || ' grew by ' || g.growth || ': ' || g.rule
           AS says,
       g.node AS node, g.chain AS chain, g.target AS target, g.growth AS n,
       g.rule AS rule, 'the firewall of ' || g.node AS component,
       g.node AS to_node
FROM v_drop_growth AS g
JOIN v_node_fails AS f ON f.node = g.node
WHERE g.is_policy = 0 AND g.growth >= 3
  AND coalesce(g.ctstate, '') NOT LIKE '%INVALID%'
  AND g.chain NOT LIKE 'cali-%' AND g.chain NOT LIKE 'KUBE-NWPLCY%'
  AND g.chain NOT LIKE 'KUBE-POD-FW%' AND g.chain NOT LIKE 'WEAVE-NPC%'
  AND (g.destination_port REGEXP '\b(53|4789|8472|6081)\b'
       OR g.in_interface REGEXP '^(flannel|vxlan|cali|cni|genev|cilium|tunl|veth)')
ORDER BY g.growth DESC, g.node, g.chain;
