-- sign: overflow-logged
-- title: DNS servers log answers that do not fit
-- group: message-size
-- needs: dns-logs
-- says: {n:answer} did not unpack or fit: {error}
SELECT min(l.ref) AS ref,
       counted(count(*), 'line') || ' in the log of '
       || coalesce(l.pod, l.node, l.path)
       || ', such as for ' || coalesce(min(l.qname), '?') AS says,
       count(*) AS n, l.error AS error,
       'the path to ' || coalesce(max(l.upstream), 'the upstream resolver')
           AS component
FROM v_log_event AS l
WHERE l.event = 'error'
  AND (l.error IN ('overflow', 'message-too-long', 'short-read')
       OR l.error LIKE '%overflow%')
GROUP BY l.path, l.error
HAVING count(*) >= 3
ORDER BY n DESC, l.path;
