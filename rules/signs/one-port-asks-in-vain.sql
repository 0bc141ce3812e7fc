-- sign: one-port-asks-in-vain
-- title: Clients that keep their source port get no answer
-- group: fixed-port
-- needs: questions
-- says: {n:question} in a row from {client} port {port} went unanswered, while other ports got answers
SELECT min(x.ref) AS ref,
       counted(count(*), 'question') || ' from ' || x.client_text || ' port '
       || x.client_port || ' to ' || x.server_text || ', none answered' AS says,
       count(*) AS n, x.client_text AS client, x.client_port AS port,
       x.client_node AS from_node, 'udp' AS transport
FROM v_exchange AS x
WHERE x.transport = 'udp' AND x.outcome <> 'unknown'
  AND x.leg IN ('client-to-dns', 'cache-to-dns')
GROUP BY x.client, x.client_port, x.server
HAVING count(*) >= 3 AND sum(x.outcome = 'answered') = 0
   AND count(DISTINCT coalesce(x.qname, '')) >= 3
   AND max(x.asked_ns) - min(x.asked_ns) > 3000000000
   AND (SELECT count(*) FROM v_answered AS a WHERE a.transport = 'udp') >= 5
ORDER BY n DESC, x.client_text, x.client_port;
