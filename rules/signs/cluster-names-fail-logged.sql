-- sign: cluster-names-fail-logged
-- title: Names of the cluster fail, say the logs
-- group: cluster-side
-- needs: dns-logs
-- says: the logs hold {n:error} for names of the cluster, such as {qname}
SELECT min(l.ref) AS ref,
       counted(count(*), 'error') || ' for names of the cluster in the log of '
       || coalesce(l.pod, l.node, l.path) AS says,
       count(*) AS n, min(l.qname) AS qname
FROM v_log_event AS l JOIN v_cluster_zone AS z
WHERE l.event = 'error' AND '.' || l.qname LIKE '%.' || z.zone
  AND l.error IN ('timeout', 'refused', 'unreachable', 'no-route')
GROUP BY l.path
HAVING count(*) >= 3
ORDER BY n DESC, l.path;
