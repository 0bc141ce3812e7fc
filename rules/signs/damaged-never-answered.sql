-- sign: damaged-never-answered
-- title: In the tunnel what has a wrong checksum is never answered, and the rest is
-- group: arrival
-- needs: cross-node-questions
-- says: {damaged:question} to {to_node} with a wrong checksum inside the tunnel: {damaged_answered} answered; with a right one: {intact_answered} of {intact}
-- Where nobody knows at which end it was captured, a wrong checksum may be one
-- that the card has still to finish. One that is never answered, while others
-- on the same way are, was not finished. Unfinished (partial) ones are left
-- out, for they are usual at the sender, and whose packets have them may be
-- what makes the difference.
WITH asked AS (
    SELECT d.evidence_id AS evidence_id, d.interface AS interface,
           d.query_frame AS frame, d.server AS server,
           d.query_checksum = 'bad' AS is_damaged,
           d.state = 'answered' AS is_answered
    FROM dns_exchange AS d
    WHERE d.depth > 0 AND d.transport = 'udp'
      AND d.state IN ('answered', 'unanswered')
      AND d.query_checksum IN ('ok', 'bad')
    UNION ALL
    SELECT t.evidence_id, t.interface, t.syn_frame, t.server,
           t.syn_checksum = 'bad', t.syn_acks > 0
    FROM tcp_connection AS t
    WHERE t.depth > 0 AND t.syns > 0 AND t.syn_checksum IN ('ok', 'bad')
      AND t.server_port IN (SELECT port FROM dns_port)
)
SELECT ref(e.path, min(a.frame) FILTER (WHERE a.is_damaged), NULL) AS ref,
       'none or next to none of ' || sum(a.is_damaged) || ' questions with a'
       || ' wrong checksum was answered, ' || sum(NOT a.is_damaged
                                                  AND a.is_answered)
       || ' of ' || sum(NOT a.is_damaged) || ' others were' AS says,
       CASE WHEN count(*) OVER () > 1
            THEN 'the network cards, drivers or hypervisors of the nodes'
            ELSE 'a network card, driver or hypervisor on the way to '
                 || w.node END AS component,
       w.node AS to_node, sum(a.is_damaged) AS damaged,
       sum(a.is_damaged AND a.is_answered) AS damaged_answered,
       sum(NOT a.is_damaged) AS intact,
       sum(NOT a.is_damaged AND a.is_answered) AS intact_answered
FROM asked AS a
JOIN vantage AS v ON v.evidence_id = a.evidence_id
 AND v.interface = a.interface AND v.node IS NULL AND v.sees_answers IS NOT 0
JOIN evidence AS e ON e.id = a.evidence_id
JOIN v_owner AS w ON w.address = a.server AND w.node IS NOT NULL
GROUP BY w.node
HAVING sum(a.is_damaged) >= 5 AND sum(NOT a.is_damaged) >= 5
   AND sum(a.is_damaged AND a.is_answered) * 20 <= sum(a.is_damaged)
   AND sum(NOT a.is_damaged AND a.is_answered) * 5 >= sum(NOT a.is_damaged) * 4
ORDER BY sum(a.is_damaged) DESC, w.node;
