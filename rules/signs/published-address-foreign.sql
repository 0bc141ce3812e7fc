-- sign: published-address-foreign
-- title: A node publishes an address that is not its own for the tunnel
-- group: node-address
-- needs: nodes, node-annotations
-- says: {node} publishes {address} to the network plugin, and its own address is {own}
SELECT min(s.ref) AS ref,
       s.node || ' publishes ' || s.address || ', the cluster knows it as '
       || address_text(o.address) AS says,
       s.node AS node, s.address AS address, address_text(o.address) AS own,
       'the tunnel address ' || s.address || ' of ' || s.node AS component,
       s.node AS to_node
FROM (SELECT substr(name, 1, instr(name, '/') - 1) AS node,
             CASE WHEN instr(value, '/') > 0
                  THEN substr(value, 1, instr(value, '/') - 1)
                  ELSE value END AS address, ref AS ref
      FROM v_setting
      WHERE source = 'node annotation'
        AND (name LIKE '%/public-ip' OR name LIKE '%/IPv4Address')) AS s
JOIN kube_object AS o ON o.kind = 'node' AND o.name = s.node
 AND length(o.address) = 4
JOIN v_node_fails AS f ON f.node = s.node
WHERE NOT EXISTS (SELECT 1 FROM owner AS w
                  WHERE address_text(w.address) = s.address
                    AND w.node = s.node)
GROUP BY s.node, s.address
ORDER BY s.node;
