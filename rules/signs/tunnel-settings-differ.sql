-- sign: tunnel-settings-differ
-- title: The nodes' tunnel devices have different ids or ports
-- group: tunnel-setting
-- needs: link-settings
-- says: {name} of {interface} is {first} on {node} and {second} on {other}
SELECT a.ref AS ref,
       a.name || ' of ' || a.interface || ': ' || a.value || ' on ' || a.node
       || ', ' || b.value || ' on ' || b.node AS says,
       a.name AS name, a.interface AS interface, a.value AS first,
       a.node AS node, b.value AS second, b.node AS other,
       a.node AS from_node, b.node AS to_node
FROM (SELECT node, interface, name, min(value) AS value, min(ref) AS ref
      FROM v_setting
      WHERE source = 'ip link' AND name IN ('vxlan.id', 'vxlan.dstport',
                                            'geneve.id', 'geneve.dstport')
        AND coalesce(netns, '') = '' AND node IS NOT NULL
      GROUP BY node, interface, name) AS a
JOIN (SELECT node, interface, name, min(value) AS value
      FROM v_setting
      WHERE source = 'ip link' AND name IN ('vxlan.id', 'vxlan.dstport',
                                            'geneve.id', 'geneve.dstport')
        AND coalesce(netns, '') = '' AND node IS NOT NULL
      GROUP BY node, interface, name) AS b
  ON b.interface = a.interface AND b.name = a.name AND b.node > a.node
 AND b.value <> a.value
ORDER BY a.name, a.node, b.node;
