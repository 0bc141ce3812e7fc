-- sign: port-53-taken
-- title: Another program holds port 53 on a node
-- group: bind-setting
-- says: {program} listens on port 53 of {node}
SELECT s.ref AS ref,
       s.name || ' of ' || coalesce(s.node, '?') || ': ' || s.value AS says,
       s.value AS program, coalesce(s.node, '?') AS node,
       s.node AS from_node
FROM v_setting AS s
WHERE s.name IN ('listen.udp.53', 'listen.tcp.53')
  AND coalesce(s.netns, '') = ''
  AND s.value REGEXP 'dnsmasq|systemd-resolve|named|unbound|connmand'
  AND s.value NOT LIKE '127.0.0.5%'
ORDER BY s.ref;
