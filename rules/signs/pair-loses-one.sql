-- sign: pair-loses-one
-- title: Of two questions sent at once one is lost and its repeat answered
-- group: pair
-- needs: questions
-- says: {rows:pair} of A and AAAA questions from one socket lost one of the two
SELECT ref(e.path, p.frame, NULL) AS ref,
       p.qname || ' of ' || coalesce(p.client_name, address_text(p.client))
       || ': one of A and AAAA was lost, the other answered' AS says,
       p.client_node AS from_node
FROM (SELECT client, qname, min(evidence_id) AS evidence_id,
             min(frame) AS frame, max(client_name) AS client_name,
             max(client_node) AS client_node, min(asked_ns) AS asked_ns
      FROM exchange
      WHERE qtype IN ('A', 'AAAA') AND transport = 'udp'
        AND outcome IN ('answered', 'failed', 'late')
      GROUP BY client, client_port, server, qname
      HAVING count(*) = 2 AND count(DISTINCT qtype) = 2
         AND max(asked_ns) - min(asked_ns) < 50000000
         AND sum(attempts > 1 OR outcome <> 'answered') = 1
         AND sum(attempts = 1 AND outcome = 'answered') = 1) AS p
JOIN evidence AS e ON e.id = p.evidence_id
ORDER BY p.asked_ns, p.qname;
