-- sign: certificate-time-logged
-- title: Programs reject certificates for their time
-- group: certificate
-- needs: logs
-- says: {source} rejected certificates {n:time} as not yet valid or expired
SELECT min(l.ref) AS ref, counted(count(*), 'line') || ': '
       || min(l.message) AS says,
       l.source AS source, count(*) AS n,
       'the clock of ' || coalesce(l.node, l.pod, 'a node') AS component
FROM v_log_event AS l
WHERE l.event = 'certificate-time' OR l.error = 'certificate-time'
GROUP BY l.path, l.source, l.node, l.pod
ORDER BY n DESC, l.path;
