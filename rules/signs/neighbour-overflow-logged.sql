-- sign: neighbour-overflow-logged
-- title: The kernel's neighbour table overflowed
-- group: neighbour-table
-- needs: kernel-log
-- says: the kernel of {node} logged {n:time} that its neighbour table is full
SELECT min(l.ref) AS ref,
       counted(count(*), 'time') || ' on ' || coalesce(l.node, l.path) || ': '
       || min(l.message) AS says,
       coalesce(l.node, l.path) AS node, count(*) AS n,
       'the neighbour table of ' || coalesce(l.node, 'the node') AS component,
       l.node AS from_node
FROM v_log_event AS l
WHERE l.event = 'neighbour-overflow'
GROUP BY l.path, l.node
ORDER BY n DESC, l.path;
