-- sign: address-in-local-range
-- title: A node routes the address of another machine to a local bridge
-- group: overlap
-- needs: routes
-- says: {node} sends packets for {address} ({owner}) to its own {interface}, whose range is {route}
SELECT ref(e.path, NULL, r.line) AS ref,
       e.node || ' has ' || address_text(r.destination) || '/'
       || r.prefix_length || ' on ' || r.interface || ', and '
       || address_text(w.address) || ' (' || w.owner || ') is in it' AS says,
       e.node AS node, address_text(w.address) AS address, w.owner AS owner,
       r.interface AS interface,
       address_text(r.destination) || '/' || r.prefix_length AS route,
       'the range of ' || r.interface || ' on ' || e.node AS component,
       e.node AS from_node
FROM (SELECT DISTINCT address, owner, node FROM v_owner
      WHERE kind IN ('node', 'upstream')) AS w
JOIN route AS r ON r.prefix_length BETWEEN 1 AND 30 AND r.gateway IS NULL
 AND r.type = 'unicast'
 AND same_subnet(r.destination, w.address, r.prefix_length)
JOIN evidence AS e ON e.id = r.evidence_id AND coalesce(e.netns, '') = ''
JOIN v_node_fails AS f ON f.node = e.node
WHERE e.node IS NOT NULL AND coalesce(w.node, '') <> e.node
  AND (r.interface LIKE 'docker%' OR r.interface LIKE 'br-%'
       OR EXISTS (SELECT 1 FROM v_link_kind AS k
                  WHERE k.node = e.node AND k.interface = r.interface
                    AND k.kind IN ('bridge', 'tunnel')))
GROUP BY e.node, w.address, r.destination, r.prefix_length
ORDER BY e.node, w.owner;
