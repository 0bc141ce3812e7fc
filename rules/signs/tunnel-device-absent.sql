-- sign: tunnel-device-absent
-- title: A node lacks the tunnel device that the others have
-- group: tunnel-device
-- needs: link-settings
-- says: {node} has no {interface}, which {others:other node} had
SELECT n.ref AS ref,
       n.node || ' lists ' || n.links || ' interfaces, and no '
       || t.interface AS says,
       n.node AS node, t.interface AS interface, t.nodes AS others,
       t.interface || ' of ' || n.node AS component, n.node AS from_node
FROM (SELECT e.node AS node, max(e.path) AS ref,
             count(DISTINCT s.interface) AS links
      FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
      WHERE s.source = 'ip link' AND s.name = 'ifindex'
        AND e.node IS NOT NULL AND coalesce(e.netns, '') = ''
      GROUP BY e.node) AS n
JOIN (SELECT interface, count(DISTINCT node) AS nodes
      FROM (SELECT node, interface FROM v_tunnel_link
            UNION SELECT node, interface FROM v_vtep_mac)
      GROUP BY interface) AS t
JOIN v_node_fails AS f ON f.node = n.node
WHERE n.links >= 2
  AND NOT EXISTS (SELECT 1 FROM setting AS s
                  JOIN evidence AS e ON e.id = s.evidence_id
                  WHERE e.node = n.node AND s.interface = t.interface)
  AND NOT EXISTS (SELECT 1 FROM v_tunnel_link AS k WHERE k.node = n.node)
ORDER BY n.node, t.interface;
