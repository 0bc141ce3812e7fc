-- sign: ebpf-map-full-logged
-- title: Cilium's maps are full
-- group: ebpf
-- needs: logs
-- says: {n:log line} about a full map of the datapath: {line}
SELECT min(l.ref) AS ref,
       counted(count(*), 'line') || ' in ' || l.path || ': '
       || min(l.message) AS says,
       count(*) AS n, min(l.message) AS line,
       'the datapath of ' || coalesce(l.node, l.pod, 'a node') AS component,
       l.node AS from_node
FROM v_log_event AS l
WHERE l.event = 'ebpf-map-full'
GROUP BY l.path, l.node, l.pod
ORDER BY n DESC, l.path;
