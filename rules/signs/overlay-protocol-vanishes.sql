-- sign: overlay-protocol-vanishes
-- title: IPIP or GRE packets leave one node and never reach the other
-- group: protocol-delivery
-- needs: both-ends
-- says: {n} {tunnel} packets left {from_node} for {to_node} and {arrived} arrived, while the capture there was running
SELECT d.ref AS ref,
       d.sent || ' ' || d.tunnel || ' packets left ' || d.from_node || ' for '
       || d.to_node || ', ' || d.arrived || ' arrived' AS says,
       d.tunnel AS tunnel, d.sent AS n, d.arrived AS arrived,
       'the network between ' || d.from_node || ' and ' || d.to_node
           AS component,
       d.from_node AS from_node, d.to_node AS to_node
FROM v_tunnel_kind_delivery AS d
JOIN v_node_fails AS f ON f.node = d.from_node
JOIN v_node_fails AS g ON g.node = d.to_node
WHERE d.tunnel NOT IN ('vxlan', 'geneve', 'gue', 'fou', 'wireguard')
  AND d.sent >= 5 AND d.arrived * 50 <= d.sent
ORDER BY d.sent DESC, d.from_node, d.to_node;
