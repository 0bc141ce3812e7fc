-- sign: iptables-errors-logged
-- title: Agents cannot write their packet filter rules
-- group: iptables-log
-- needs: logs
-- says: {source} on {node} logged {n:error} of iptables
SELECT min(l.ref) AS ref, counted(count(*), 'line') || ': '
       || min(l.message) AS says,
       l.source AS source, coalesce(l.node, l.pod, l.path) AS node,
       count(*) AS n, l.node AS from_node
FROM v_log_event AS l
WHERE l.event = 'iptables-error'
   OR (l.event = 'rule-error' AND l.severity IN ('error', 'fatal'))
GROUP BY l.path, l.source, l.node, l.pod
ORDER BY n DESC, l.path;
