-- sign: dns-server-killed
-- title: The kernel killed a DNS server for lack of memory
-- group: killed
-- needs: kernel-log
-- says: the kernel of {node} killed a DNS server {n:time} for lack of memory
SELECT min(l.ref) AS ref, counted(count(*), 'line') || ': '
       || min(l.message) AS says,
       coalesce(l.node, l.path) AS node, count(*) AS n,
       'a DNS server on ' || coalesce(l.node, 'a node') AS component,
       l.node AS to_node
FROM v_log_event AS l
WHERE l.event = 'out-of-memory'
  AND l.message REGEXP '\((coredns|node-cache|kube-dns|dnsmasq|unbound|named)\)'
GROUP BY l.path, l.node
ORDER BY n DESC, l.path;
