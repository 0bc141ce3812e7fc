-- sign: routes-to-pods-vanished
-- title: Routes to pods of other nodes vanished
-- group: routes
-- needs: routes
-- says: {rows:route} to pods vanished from {node}, such as {route} by {interface}
SELECT min(ref(e.path, NULL, r.line)) AS ref,
       address_text(r.destination) || '/' || r.prefix_length || ' by '
       || r.interface || ' is gone from ' || e.node || ' in the next reading'
           AS says,
       e.node AS node,
       address_text(r.destination) || '/' || r.prefix_length AS route,
       r.interface AS interface, 'the routes of ' || e.node AS component,
       e.node AS from_node
FROM route AS r
JOIN evidence AS e ON e.id = r.evidence_id AND e.taken_ns IS NOT NULL
JOIN v_node_fails AS f ON f.node = e.node
JOIN (SELECT node, max(taken_ns) AS last_ns FROM evidence
      WHERE id IN (SELECT evidence_id FROM route) AND node IS NOT NULL
        AND coalesce(netns, '') = ''
      GROUP BY node) AS l ON l.node = e.node AND l.last_ns > e.taken_ns
WHERE coalesce(e.netns, '') = '' AND r.prefix_length > 0
  AND r.gateway IS NOT NULL AND r.interface IS NOT NULL
  AND EXISTS (SELECT 1 FROM v_tunnel_link AS k
              WHERE k.node = e.node AND k.interface = r.interface)
  AND NOT EXISTS (SELECT 1 FROM route AS n
                  JOIN evidence AS o ON o.id = n.evidence_id
                  WHERE o.node = e.node AND o.taken_ns = l.last_ns
                    AND n.destination = r.destination
                    AND n.prefix_length = r.prefix_length)
GROUP BY e.node, r.destination, r.prefix_length, r.interface
ORDER BY e.node, r.destination;
