-- sign: cache-address-missing
-- title: The node-local cache's address is on no interface of a node
-- group: bind-setting
-- says: {node} has no interface with {address}, which its pods ask
SELECT min(n.ref) AS ref,
       n.node || ' lists its addresses and ' || address_text(c.address)
       || ' is not among them' AS says,
       n.node AS node, address_text(c.address) AS address, n.node AS from_node
FROM (SELECT address FROM v_owner WHERE kind = 'cache') AS c
JOIN (SELECT e.node AS node, min(ref(e.path, NULL, a.line)) AS ref
      FROM interface_address AS a JOIN evidence AS e ON e.id = a.evidence_id
      WHERE e.node IS NOT NULL AND coalesce(e.netns, '') = ''
      GROUP BY e.node) AS n
JOIN v_node_fails AS f ON f.node = n.node
WHERE NOT EXISTS (SELECT 1 FROM interface_address AS b
                  JOIN evidence AS o ON o.id = b.evidence_id
                  WHERE b.address = c.address AND o.node = n.node)
GROUP BY n.node, c.address
ORDER BY n.node, c.address;
