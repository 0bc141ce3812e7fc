-- sign: conntrack-full-message
-- title: The kernel logged a full connection tracking table
-- group: conntrack-full
-- needs: kernel-log
-- says: the kernel of {node} logged {n:time}: table full, dropping packet
SELECT min(l.ref) AS ref,
       counted(count(*), 'time') || ' on ' || coalesce(l.node, l.path) || ': '
       || min(l.message) AS says,
       coalesce(l.node, l.path) AS node, count(*) AS n,
       'the connection tracking table of ' || coalesce(l.node, 'the node')
           AS component,
       l.node AS from_node
FROM v_log_event AS l
WHERE l.event = 'conntrack-full'
GROUP BY l.path, l.node
ORDER BY n DESC, l.path;
