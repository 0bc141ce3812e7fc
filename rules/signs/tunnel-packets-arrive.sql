-- sign: tunnel-packets-arrive
-- title: Tunnel packets reach the other node
-- group: tunnel-delivery
-- needs: both-ends
-- says: tunnel packets arrive between all captured nodes ({rows:pair}), such as {arrived} of {n} from {from} to {to}
SELECT p.ref AS ref,
       p.arrived || ' of ' || p.sent || ' tunnel packets from ' || p.from_node
       || ' arrived at ' || p.to_node AS says,
       p.from_node AS "from", p.to_node AS "to", p.sent AS n,
       p.arrived AS arrived
FROM v_tunnel_delivery AS p
WHERE p.sent >= 5
  AND NOT EXISTS (SELECT 1 FROM v_tunnel_delivery AS q
                  WHERE q.sent >= 5 AND q.arrived * 10 < q.sent * 5)
ORDER BY p.sent DESC, p.from_node, p.to_node;
