-- sign: vtep-mac-shared
-- title: Two nodes' tunnel devices have the same MAC address
-- group: tunnel-mac
-- needs: link-settings
-- says: the tunnel devices of {first} and {second} both have {mac}
SELECT a.ref AS ref,
       a.interface || ' of ' || a.node || ' and ' || b.interface || ' of '
       || b.node || ' both have ' || a.mac AS says,
       a.node AS first, b.node AS second, a.mac AS mac,
       'the tunnel devices of ' || a.node || ' and ' || b.node AS component,
       a.node AS from_node, b.node AS to_node
FROM v_vtep_mac AS a
JOIN v_vtep_mac AS b ON b.mac = a.mac AND b.node > a.node
 AND b.interface = a.interface
JOIN v_node_fails AS f ON f.node = a.node
JOIN v_node_fails AS g ON g.node = b.node
WHERE a.mac <> '00:00:00:00:00:00'
ORDER BY a.node, b.node;
