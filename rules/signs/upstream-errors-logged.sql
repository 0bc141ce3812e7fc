-- sign: upstream-errors-logged
-- title: DNS servers log timeouts to an upstream outside the cluster
-- group: upstream-log
-- needs: dns-logs
-- says: the logs hold {n:timeout} to {upstream}, for names outside the cluster
SELECT min(l.ref) AS ref,
       counted(count(*), 'timeout') || coalesce(' (' || l.operation || ')', '')
       || ' of ' || l.upstream || ' in the log of '
       || coalesce(l.pod, l.node, l.path) AS says,
       'upstream resolver ' || l.upstream AS component,
       l.upstream AS upstream, count(*) AS n
FROM v_log_event AS l
LEFT JOIN v_owner AS w ON w.address = l.upstream_address
WHERE l.event = 'error' AND l.error = 'timeout' AND l.upstream IS NOT NULL
  AND coalesce(l.qtype, '') <> 'HINFO' -- the loop plugin's own probe
  AND (w.kind IS NULL OR w.kind = 'upstream')
GROUP BY l.upstream, l.error, l.operation, l.path
HAVING count(*) >= 3
ORDER BY n DESC, l.path;
