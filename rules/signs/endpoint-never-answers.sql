-- sign: endpoint-never-answers
-- title: One DNS endpoint answers nobody, whatever the path
-- group: endpoint-silence
-- needs: questions
-- says: {server} answered none of {asked:question}, from {clients:node}, while other endpoints answered {others}
SELECT (SELECT min(f.ref) FROM v_failed AS f
        WHERE f.server_text = s.server) AS ref,
       s.server || ': 0 of ' || s.asked || ' answered' AS says,
       s.server AS server, s.asked AS asked, s.clients AS clients,
       o.answered AS others, s.server_node AS to_node,
       'endpoint ' || s.server AS component
FROM v_endpoint_count AS s
JOIN (SELECT sum(answered) AS answered FROM v_endpoint_count) AS o
WHERE s.asked >= 5 AND s.answered = 0 AND s.refused * 10 < s.asked
  AND s.sent_answers = 0 AND o.answered >= 5
ORDER BY s.asked DESC, s.server;
