-- sign: offload-on
-- title: Checksum offload of the tunnel device is on
-- group: offload
-- needs: offload-settings
-- says: tx checksum offload of {interface} is on, at {rows:node}
SELECT min(s.ref) AS ref,
       s.name || ' of ' || s.interface || ' at ' || s.node || ' was on' AS says,
       s.interface AS interface, s.node AS node
FROM v_setting AS s
JOIN v_tunnel_link AS k ON k.node = s.node AND k.interface = s.interface
WHERE s.source = 'ethtool -k' AND s.value = 'on' AND s.netns = ''
  AND s.name = 'tx-checksum-ip-generic'
GROUP BY s.node, s.interface
ORDER BY s.node, s.interface;
