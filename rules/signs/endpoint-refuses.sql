-- sign: endpoint-refuses
-- title: A DNS endpoint refuses: nobody listens there
-- group: endpoint-refusal
-- needs: questions
-- says: {server} refused {refused} of {asked:question} (TCP reset or ICMP port unreachable)
SELECT (SELECT min(f.ref) FROM v_failed AS f
        WHERE f.server_text = s.server AND f.failure = 'refused') AS ref,
       s.server || ' refused ' || s.refused || ' of ' || s.asked AS says,
       s.server AS server, s.refused AS refused, s.asked AS asked,
       s.server_node AS to_node, s.server AS component
FROM v_endpoint_count AS s
WHERE s.refused >= 3 AND s.refused * 2 >= s.asked - s.answered
  AND s.answered * 5 <= s.asked
ORDER BY s.refused DESC, s.server;
