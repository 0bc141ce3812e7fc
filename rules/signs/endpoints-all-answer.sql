-- sign: endpoints-all-answer
-- title: Every DNS endpoint answers somebody
-- group: endpoint-silence
-- needs: questions
-- says: every DNS endpoint that was asked ({rows} in all) was seen to answer
SELECT s.answer_ref AS ref,
       s.server || ' sent ' || s.sent_answers || ' answers' AS says
FROM v_endpoint_count AS s
WHERE s.sent_answers > 0
  AND NOT EXISTS (SELECT 1 FROM v_endpoint_count AS n
                  WHERE n.asked >= 5 AND n.sent_answers = 0)
ORDER BY s.server;
