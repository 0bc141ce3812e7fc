-- sign: loop-logged
-- title: CoreDNS stopped because its questions came back to itself
-- group: loop
-- needs: logs
-- says: CoreDNS saw its own probe return and stopped, {n:time}: {pod}
SELECT min(l.ref) AS ref,
       counted(count(*), 'time') || ' in the log of '
       || coalesce(l.pod, l.node, l.path)
       || ': ' || min(l.message) AS says,
       coalesce(l.pod, l.node, l.path) AS pod, count(*) AS n,
       'the forward rule of ' || coalesce(l.pod, 'CoreDNS') AS component
FROM v_log_event AS l
WHERE l.event = 'loop-detected'
GROUP BY l.path, l.pod
ORDER BY n DESC, l.path, l.pod;
