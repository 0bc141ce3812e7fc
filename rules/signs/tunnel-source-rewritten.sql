-- sign: tunnel-source-rewritten
-- title: Tunnel packets arrive from an address that is no node's
-- group: tunnel-source
-- needs: both-ends, nodes
-- says: {n:tunnel packet} reached {to_node} from {address}, which is no node's, and none from {from_node}, which sent {sent}
SELECT min(ref(e.path, t.first_frame, NULL)) AS ref,
       sum(t.packets) || ' tunnel packets for ' || d.node || ' from '
       || address_text(t.source) || ', none from ' || p.from_node AS says,
       sum(t.packets) AS n, address_text(t.source) AS address, p.sent AS sent,
       'a device between ' || p.from_node || ' and ' || d.node AS component,
       p.from_node AS from_node, d.node AS to_node
FROM traffic AS t
JOIN evidence AS e ON e.id = t.evidence_id
JOIN vantage AS v ON v.evidence_id = t.evidence_id
                 AND v.interface = t.interface AND v.kind = 'uplink'
JOIN v_owner AS d ON d.address = t.destination AND d.node = v.node
JOIN v_tunnel_delivery AS p ON p.to_node = d.node AND p.sent >= 5
 AND p.arrived = 0
WHERE t.tunnel <> '' AND t.depth = 0
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = t.source AND w.kind IN ('node', 'tunnel')
                    -- from 24 on it is taken for a node's only because
                    -- tunnel packets come from it
                    AND w.rank < 24)
GROUP BY t.source, d.node, p.from_node
HAVING sum(t.packets) >= 5
ORDER BY n DESC, address, p.from_node;
