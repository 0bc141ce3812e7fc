-- sign: resolver-bind-failed
-- title: A DNS server could not take its address or make its interface
-- group: bind
-- needs: logs
-- says: {source} on {node} could not bind or create its interface: {error}
SELECT min(l.ref) AS ref,
       counted(count(*), 'time') || ' in the log of '
       || coalesce(l.pod, l.node, l.path)
       || ': ' || min(l.message) AS says,
       l.source AS source, coalesce(l.node, l.pod, l.path) AS node,
       coalesce(min(l.error), l.event) AS error,
       'the resolver of ' || coalesce(l.node, l.pod, l.path) AS component,
       l.node AS from_node
FROM v_log_event AS l
WHERE l.event IN ('bind-failed', 'interface-error')
GROUP BY l.path, l.pod, l.node, l.source, l.event
ORDER BY count(*) DESC, l.path, l.event;
