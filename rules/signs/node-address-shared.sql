-- sign: node-address-shared
-- title: Two nodes publish the same address for the tunnel
-- group: node-address
-- needs: node-annotations
-- says: {first} and {second} both publish {address} to the network plugin
SELECT a.ref AS ref,
       a.node || ' and ' || b.node || ' both publish ' || a.address AS says,
       a.node AS first, b.node AS second, a.address AS address,
       'the address ' || a.address || ' of ' || a.node || ' and ' || b.node
           AS component,
       a.node AS from_node, b.node AS to_node
FROM (SELECT substr(name, 1, instr(name, '/') - 1) AS node, value AS address,
             min(ref) AS ref FROM v_setting
      WHERE source = 'node annotation'
        AND (name LIKE '%/public-ip' OR name LIKE '%/IPv4Address')
      GROUP BY 1, 2) AS a
JOIN (SELECT substr(name, 1, instr(name, '/') - 1) AS node, value AS address
      FROM v_setting
      WHERE source = 'node annotation'
        AND (name LIKE '%/public-ip' OR name LIKE '%/IPv4Address')
      GROUP BY 1, 2) AS b ON b.address = a.address AND b.node > a.node
JOIN v_node_fails AS f ON f.node = a.node
JOIN v_node_fails AS g ON g.node = b.node
ORDER BY a.node, b.node;
