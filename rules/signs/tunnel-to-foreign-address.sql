-- sign: tunnel-to-foreign-address
-- title: Tunnel packets go to an address that is no node's
-- group: tunnel-peer
-- needs: nodes, tunnel-departures
-- says: {n:tunnel packet} left {from_node} for {address}, which is no node's, and none came back
SELECT min(ref(e.path, t.first_frame, NULL)) AS ref,
       sum(t.packets) || ' tunnel packets from ' || s.node || ' to '
       || address_text(t.destination) || ', which is no node' AS says,
       sum(t.packets) AS n, s.node AS from_node,
       address_text(t.destination) AS address,
       'the tunnel peer ' || address_text(t.destination) || ' of ' || s.node
           AS component
FROM traffic AS t
JOIN evidence AS e ON e.id = t.evidence_id
JOIN vantage AS v ON v.evidence_id = t.evidence_id
                 AND v.interface = t.interface AND v.kind = 'uplink'
JOIN v_owner AS s ON s.address = t.source AND s.node = v.node
JOIN v_node_fails AS f ON f.node = s.node
WHERE t.tunnel <> '' AND t.depth = 0
  AND NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE w.address = t.destination
                    AND w.kind IN ('node', 'tunnel'))
  AND NOT EXISTS (SELECT 1 FROM traffic AS b
                  WHERE b.evidence_id = t.evidence_id
                    AND b.interface = t.interface AND b.tunnel <> ''
                    AND b.source = t.destination)
GROUP BY s.node, t.destination
HAVING sum(t.packets) >= 5
ORDER BY n DESC, s.node;
