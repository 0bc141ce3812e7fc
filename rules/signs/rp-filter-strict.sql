-- sign: rp-filter-strict
-- title: The reverse path filter is strict
-- group: reverse-path-setting
-- needs: sysctls
-- says: rp_filter is strict for {interface} on {node}
-- What counts is the greater of the interface's value and that of `all`.
SELECT s.ref AS ref, s.name || ' = 1 on ' || s.node AS says,
       CASE WHEN s.interface = '' THEN 'all interfaces' ELSE s.interface END
           AS interface,
       s.node AS node
FROM v_setting AS s
LEFT JOIN v_tunnel_link AS k ON k.node = s.node AND k.interface = s.interface
WHERE s.source = 'sysctl' AND s.value = '1' AND coalesce(s.netns, '') = ''
  AND (s.name = 'net.ipv4.conf.all.rp_filter'
       OR (s.name LIKE 'net.ipv4.conf.%.rp_filter'
           AND k.interface IS NOT NULL))
  AND NOT EXISTS (SELECT 1 FROM v_setting AS l
                  WHERE l.node = s.node AND l.source = 'sysctl'
                    AND l.name = 'net.ipv4.conf.all.rp_filter'
                    AND l.value = '2')
GROUP BY s.node, s.interface
ORDER BY s.node, s.interface;
