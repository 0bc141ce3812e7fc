-- sign: tunnel-packets-vanish
-- title: Tunnel packets leave one node and never reach the other
-- group: tunnel-delivery
-- needs: both-ends
-- says: {n:tunnel packet} left {from_node} for {to_node} and {arrived} arrived, while the capture there was running
SELECT p.ref AS ref,
       p.sent || ' tunnel packets left ' || p.from_node || ' for ' || p.to_node
       || ', ' || p.arrived || ' arrived' AS says,
       'the network between ' || p.from_node || ' and ' || p.to_node
           AS component,
       p.from_node AS from_node, p.to_node AS to_node, p.sent AS n,
       p.arrived AS arrived
FROM v_tunnel_delivery AS p
WHERE p.sent >= 5 AND p.arrived * 50 <= p.sent
  AND EXISTS (SELECT 1 FROM v_failed AS f
              WHERE f.path = 'cross-node'
                AND p.from_node IN (f.client_node, f.server_node)
                AND p.to_node IN (f.client_node, f.server_node))
ORDER BY p.sent DESC, p.from_node, p.to_node;
