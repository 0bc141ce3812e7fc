-- sign: truncated-then-tcp-fails
-- title: Truncated answers are not followed by an answer over TCP
-- group: message-size
-- needs: questions
-- says: {server} truncated {n:answer}, and TCP to it fails
SELECT min(ref(e.path, d.response_frame, NULL)) AS ref,
       count(*) || ' truncated answers of ' || address_text(d.server)
       || ', and ' || t.failed || ' of ' || t.asked || ' over TCP failed'
           AS says,
       count(*) AS n, address_text(d.server) AS server,
       'TCP to ' || address_text(d.server) AS component, 'tcp' AS transport
FROM dns_exchange AS d
JOIN evidence AS e ON e.id = d.evidence_id
JOIN (SELECT server, sum(outcome IN ('failed', 'late')) AS failed,
             count(*) AS asked
      FROM exchange WHERE transport = 'tcp' AND outcome <> 'unknown'
      GROUP BY server) AS t ON t.server = d.server
WHERE d.is_truncated = 1 AND t.failed >= 3 AND t.failed * 5 >= t.asked * 4
GROUP BY d.server
HAVING count(*) >= 3
ORDER BY n DESC, server;
