-- sign: bridge-netfilter-setting-off
-- title: Bridged packets do not pass the packet filter
-- group: bridge-netfilter
-- needs: sysctls
-- says: net.bridge.bridge-nf-call-iptables is 0 on {node}
SELECT min(s.ref) AS ref, s.name || ' = 0 on ' || s.node AS says,
       s.node AS node
FROM v_setting AS s
WHERE s.source = 'sysctl' AND s.value = '0'
  AND s.name = 'net.bridge.bridge-nf-call-iptables'
  AND coalesce(s.netns, '') = ''
GROUP BY s.node
ORDER BY s.node;
