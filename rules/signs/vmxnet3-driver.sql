-- sign: vmxnet3-driver
-- title: The nodes' network cards are VMware's vmxnet3
-- group: driver
-- needs: drivers
-- says: {interface} of {node} is a vmxnet3 card ({rows:card} in all)
SELECT min(s.ref) AS ref,
       s.interface || ' of ' || coalesce(s.node, '?') || ' is driven by '
       || s.value AS says,
       s.interface AS interface, coalesce(s.node, '?') AS node,
       s.interface || ' of ' || coalesce(s.node, 'the nodes') AS component
FROM v_setting AS s
WHERE s.source = 'ethtool -i' AND s.name = 'driver' AND s.value = 'vmxnet3'
GROUP BY s.node, s.interface
ORDER BY s.node, s.interface;
