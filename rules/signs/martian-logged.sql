-- sign: martian-logged
-- title: The kernel called packets of pods or nodes martian
-- group: reverse-path-log
-- needs: kernel-log
-- says: {node} dropped {n:packet} from {source} as martian
-- Only addresses that the bundle knows count: the world sends martians too.
SELECT min(ref(e.path, NULL, l.line)) AS ref,
       counted(count(*), 'time') || ' from ' || address_text(l.client)
       || ' (' || w.owner
       || ') on ' || coalesce(l.node, e.node, e.path) AS says,
       coalesce(l.node, e.node, e.path) AS node, count(*) AS n,
       address_text(l.client) AS source,
       'the reverse path filter of ' || coalesce(l.node, e.node, 'the node')
           AS component,
       w.node AS from_node, coalesce(l.node, e.node) AS to_node
FROM log_event AS l
JOIN evidence AS e ON e.id = l.evidence_id
JOIN v_owner AS w ON w.address = l.client
WHERE l.event = 'martian'
  AND w.kind IN ('pod', 'node', 'tunnel', 'service')
GROUP BY e.id, l.client
HAVING count(*) >= 3
ORDER BY n DESC, e.path, w.owner;
