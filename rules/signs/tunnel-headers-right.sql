-- sign: tunnel-headers-right
-- title: Tunnel headers leave with right, unfinished or no checksums
-- group: tunnel-header
-- needs: tunnel-departures
-- says: no tunnel header that was captured where it left held a wrong checksum ({n} looked at)
SELECT ref(min(c.path), min(c.first_frame), NULL) AS ref,
       sum(c.packets) || ' tunnel headers leaving ' || c.node
       || ' are disabled, right, or waiting for the network card' AS says,
       sum(c.packets) AS n
FROM v_checksum_place AS c
WHERE c.layer = 'udp' AND c.depth = 0 AND c.place = 'uplink'
  AND c.from_node = c.node AND c.to_node <> c.node
  AND c.state IN ('ok', 'zero', 'partial', 'lco')
  AND NOT EXISTS (SELECT 1 FROM v_tunnel_header_defect)
  AND EXISTS (SELECT 1 FROM v_tunnel_flow AS f
              WHERE f.evidence_id = c.evidence_id)
GROUP BY c.node
HAVING sum(c.packets) >= 20
ORDER BY c.node;
