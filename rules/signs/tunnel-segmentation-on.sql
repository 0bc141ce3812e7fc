-- sign: tunnel-segmentation-on
-- title: The network card segments and sums tunnelled packets
-- group: tunnel-segmentation
-- needs: offload-settings
-- says: {name} of {interface} is on at {node}
SELECT min(s.ref) AS ref,
       s.name || ' of ' || s.interface || ' at ' || coalesce(s.node, '?')
       || ' is on' AS says,
       s.name AS name, s.interface AS interface, coalesce(s.node, '?') AS node
FROM v_setting AS s
WHERE s.source = 'ethtool -k' AND s.value = 'on' AND coalesce(s.netns, '') = ''
  AND s.name IN ('tx-udp_tnl-segmentation', 'tx-udp_tnl-csum-segmentation')
  AND EXISTS (SELECT 1 FROM setting AS d
              WHERE d.source = 'ethtool -i' AND d.name = 'driver'
                AND d.interface = s.interface AND d.value <> 'vxlan')
GROUP BY s.node, s.interface, s.name
ORDER BY s.node, s.interface, s.name;
