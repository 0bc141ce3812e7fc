-- sign: policy-denied-logged
-- title: The network plugin logged packets that a policy denied
-- group: policy
-- needs: logs
-- says: a policy dropped {n:packet}: {line}
SELECT min(l.ref) AS ref, counted(count(*), 'line') || ': '
       || min(l.message) AS says,
       count(*) AS n, min(l.message) AS line,
       'the network policies on ' || coalesce(l.node, 'the nodes')
           AS component
FROM v_log_event AS l
WHERE l.event = 'policy-denied' AND l.message REGEXP '\b53\b|[Dd][Nn][Ss]'
GROUP BY l.path, l.node
HAVING count(*) >= 3
ORDER BY n DESC, l.path;
