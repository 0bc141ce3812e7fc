-- sign: pair-loses-one
-- title: Of two questions sent at once one is lost and its repeat answered
-- group: pair
-- needs: questions
-- says: {rows} pairs of A and AAAA questions from one socket lost one of the two
SELECT min(x.ref) AS ref,
       x.qname || ' of ' || coalesce(max(x.client_name), max(x.client_text))
       || ': one of A and AAAA was lost, the other answered' AS says,
       max(x.client_node) AS from_node
FROM v_exchange AS x
WHERE x.qtype IN ('A', 'AAAA') AND x.transport = 'udp'
  AND x.outcome IN ('answered', 'failed', 'late')
GROUP BY x.client, x.client_port, x.server, x.qname
HAVING count(*) = 2 AND count(DISTINCT x.qtype) = 2
   AND max(x.asked_ns) - min(x.asked_ns) < 50000000
   AND sum(x.attempts > 1 OR x.outcome <> 'answered') = 1
   AND sum(x.attempts = 1 AND x.outcome = 'answered') = 1
ORDER BY min(x.asked_ns), x.qname;
