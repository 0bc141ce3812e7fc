-- sign: cache-rules-readded
-- title: NodeLocalDNS puts its packet filter rules back again and again
-- group: cache-rules
-- needs: dns-logs
-- says: {pod} put its rules back {n:time}, on {times:occasion}
-- Once is what a start of the cache or of the network plugin does.
SELECT min(l.ref) AS ref,
       count(*) || ' rules put back by ' || coalesce(l.pod, l.node, l.path)
           AS says,
       coalesce(l.pod, l.node, l.path) AS pod, count(*) AS n,
       count(DISTINCT l.at_ns / 30000000000) AS times, l.node AS from_node
FROM v_log_event AS l
WHERE l.source = 'node-cache' AND l.event = 'rule-added'
  AND l.at_ns IS NOT NULL
GROUP BY l.path, l.pod, l.node
HAVING count(DISTINCT l.at_ns / 30000000000) >= 3
ORDER BY n DESC, pod;
