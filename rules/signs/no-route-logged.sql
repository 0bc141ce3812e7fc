-- sign: no-route-logged
-- title: Programs log "no route to host" for an address that has a route
-- group: prohibited
-- needs: logs
-- says: {n:time} "no route to host" on the way to {upstream}
-- Linux says EHOSTUNREACH for ICMP host-prohibited, the answer of firewalld
-- and of RHEL's old default rules, and for a neighbour that does not answer.
SELECT min(l.ref) AS ref,
       counted(count(*), 'time') || ' to ' || coalesce(l.upstream, '?')
       || ' in the log of '
       || coalesce(l.pod, l.node, l.path) AS says,
       l.upstream AS upstream, count(*) AS n
FROM v_log_event AS l
WHERE l.error = 'no-route' AND coalesce(l.qtype, '') <> 'HINFO'
GROUP BY l.upstream, l.path
HAVING count(*) >= 3
ORDER BY n DESC, l.path, l.upstream;
