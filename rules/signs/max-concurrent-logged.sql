-- sign: max-concurrent-logged
-- title: CoreDNS refused questions beyond its limit
-- group: overload-log
-- needs: dns-logs
-- says: CoreDNS logged {n:time} that it had too many questions under way
SELECT min(l.ref) AS ref,
       counted(count(*), 'time') || ' in the log of '
       || coalesce(l.pod, l.node, l.path)
           AS says,
       count(*) AS n,
       coalesce(l.pod, l.node, l.path) AS component
FROM v_log_event AS l
WHERE l.error = 'max-concurrent'
GROUP BY l.path, l.pod
HAVING count(*) >= 3
ORDER BY n DESC, l.path;
