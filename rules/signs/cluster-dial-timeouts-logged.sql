-- sign: cluster-dial-timeouts-logged
-- title: DNS servers log timeouts to the cluster's DNS service
-- group: cluster-log
-- needs: dns-logs
-- says: the logs hold {n:timeout} to {upstream} (the cluster's DNS service)
SELECT min(l.ref) AS ref,
       counted(count(*), 'timeout')
       || coalesce(' (' || trim(l.operation || ' ' || coalesce(l.transport, ''))
                   || ')', '')
       || ' of ' || l.upstream || ' in the log of ' || coalesce(l.pod, l.node, l.path) AS says,
       l.upstream AS upstream, count(*) AS n, l.node AS node
FROM v_log_event AS l
JOIN v_owner AS w ON w.address = l.upstream_address
 AND (w.kind = 'service' OR w.is_dns = 1)
WHERE l.event = 'error' AND l.error = 'timeout'
GROUP BY l.upstream, l.error, l.operation, l.transport, l.path
HAVING count(*) >= 3
ORDER BY n DESC, l.path;
