-- sign: aaaa-errors-logged
-- title: Servers log errors for AAAA and none for A
-- group: aaaa
-- needs: dns-logs
-- says: {n:error} for AAAA questions to {upstream} stood in the logs, and none for A
SELECT min(l.ref) AS ref,
       counted(count(*), 'error') || ', all for AAAA, to '
       || coalesce(l.upstream, '?')
       || ' in the log of ' || coalesce(max(l.pod), max(l.node), max(l.path))
           AS says,
       l.upstream AS upstream, count(*) AS n,
       'the resolver ' || coalesce(l.upstream, 'upstream') AS component
FROM v_log_event AS l
WHERE l.event = 'error' AND l.qtype IN ('A', 'AAAA')
GROUP BY l.upstream
HAVING count(*) >= 8 AND sum(l.qtype = 'A') = 0
ORDER BY n DESC, l.upstream;
