-- sign: tunnel-mtu-too-large
-- title: The tunnel device's MTU does not fit the uplink's
-- group: mtu-setting
-- needs: link-settings
-- says: {interface} of {node} has MTU {mtu}, its uplink {uplink_mtu}: a full packet and its tunnel header do not fit
-- VXLAN over IPv4 adds 50 bytes, over IPv6 70; Geneve at least as much.
SELECT t.ref AS ref,
       t.interface || ' of ' || t.node || ': MTU ' || t.value || ', uplink '
       || d.value || ': MTU ' || u.value AS says,
       t.interface AS interface, t.node AS node, t.value AS mtu,
       u.value AS uplink_mtu, t.node AS from_node
FROM v_setting AS t
JOIN v_setting AS d ON d.node = t.node AND d.netns = ''
 AND d.interface = t.interface AND d.source = 'ip link'
 AND d.name IN ('vxlan.dev', 'geneve.dev')
JOIN v_setting AS u ON u.node = t.node AND u.netns = ''
 AND u.interface = d.value AND u.source = 'ip link' AND u.name = 'mtu'
 AND u.at_ns IS t.at_ns
WHERE t.source = 'ip link' AND t.name = 'mtu' AND t.netns = ''
  AND CAST(t.value AS INTEGER) > CAST(u.value AS INTEGER) - 50
GROUP BY t.node, t.interface
ORDER BY t.node, t.interface;
