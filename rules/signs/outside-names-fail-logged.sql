-- sign: outside-names-fail-logged
-- title: A DNS server fails for names outside the cluster only
-- group: upstream-log
-- needs: dns-logs
-- says: the logs hold {n:error} on the way to {upstream}, for {names:name}, none of them the cluster's
-- Errors of the server that forwards to the outside (not of a cache that
-- forwards to cluster DNS), to a target that nobody in the cluster owns.
SELECT min(l.ref) AS ref,
       counted(count(*), 'error') || ' for names such as ' || min(l.qname)
       || ' to '
       || l.upstream || ' in the log of ' || coalesce(l.pod, l.node, l.path)
           AS says,
       'upstream resolver ' || l.upstream AS component,
       l.upstream AS upstream, count(*) AS n,
       count(DISTINCT l.qname) AS names
FROM v_log_event AS l
JOIN v_cluster_zone AS z
LEFT JOIN v_owner AS w ON w.address = l.upstream_address
WHERE l.source = 'coredns' AND l.event = 'error' AND l.upstream IS NOT NULL
  AND l.error IN ('timeout', 'refused', 'unreachable', 'no-route')
  AND coalesce(l.qtype, '') <> 'HINFO' AND l.qname IS NOT NULL
  AND (w.kind IS NULL OR w.kind = 'upstream')
GROUP BY l.upstream
HAVING count(*) >= 5 AND count(DISTINCT l.qname) >= 2
   AND sum(l.qname LIKE '%.svc.%' OR '.' || l.qname LIKE '%.' || z.zone
           OR l.qname LIKE '%.in-addr.arpa.') = 0
ORDER BY n DESC, l.upstream;
