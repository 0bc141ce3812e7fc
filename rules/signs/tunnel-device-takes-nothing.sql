-- sign: tunnel-device-takes-nothing
-- title: Tunnel packets reach a node intact and its tunnel device takes none
-- group: tunnel-device-counter
-- needs: tunnel-arrivals
-- says: {n:tunnel packet} reached {node} and its {interface} received none
SELECT d.to_ref AS ref,
       f.packets || ' tunnel packets came to ' || f.to_node
       || ', rx.packets of '
       || d.interface || ' stands at ' || d."to" AS says,
       f.packets AS n, f.to_node AS node, d.interface AS interface,
       d.interface || ' of ' || f.to_node AS component, f.to_node AS to_node
FROM (SELECT to_node, max(packets) AS packets
      FROM (SELECT to_node, evidence_id, sum(packets) AS packets
            FROM v_tunnel_flow WHERE node = to_node
            GROUP BY to_node, evidence_id)
      GROUP BY to_node) AS f
-- readings that fell are no growth either, but the device was alive
JOIN (SELECT node, interface, max(ref) AS to_ref, max(value) AS "to"
      FROM v_counter
      WHERE name = 'rx.packets' AND coalesce(netns, '') = ''
      GROUP BY node, interface
      HAVING count(DISTINCT at_ns) >= 2 AND min(value) = max(value)) AS d
  ON d.node = f.to_node
JOIN v_tunnel_link AS k ON k.node = d.node AND k.interface = d.interface
JOIN v_node_fails AS b ON b.node = f.to_node
WHERE f.packets >= 10
  AND NOT EXISTS (SELECT 1 FROM v_counter_delta AS c
                  WHERE c.node = f.to_node AND c.name = 'Udp.InCsumErrors'
                    AND coalesce(c.netns, '') = '' AND c.delta > 0)
ORDER BY f.packets DESC, f.to_node;
