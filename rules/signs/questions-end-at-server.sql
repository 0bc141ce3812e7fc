-- sign: questions-end-at-server
-- title: Questions reach a DNS pod's own interface and get no answer
-- group: server-side
-- needs: questions
-- says: {lost:question} came to the interface of {pod} itself and got no answer, while it answered {answered} others
-- Captured at the pod's own interface, or the host's end of it: nothing but
-- the pod's kernel and process comes after.
SELECT min(CASE WHEN d.state = 'unanswered'
                THEN ref(e.path, d.query_frame, NULL) END) AS ref,
       sum(d.state = 'unanswered') || ' of ' || count(*)
       || ' questions that came to ' || w.owner || ' without an answer'
           AS says,
       sum(d.state = 'unanswered') AS lost,
       sum(d.state = 'answered') AS answered, w.owner AS pod,
       w.owner AS component, v.node AS to_node
FROM dns_exchange AS d
JOIN evidence AS e ON e.id = d.evidence_id
JOIN vantage AS v ON v.evidence_id = d.evidence_id
                 AND v.interface = d.interface AND v.kind IN ('veth', 'pod')
JOIN v_owner AS w ON w.address = d.server AND w.kind = 'pod'
 AND w.owner = v.pod
WHERE d.query_frame IS NOT NULL AND coalesce(d.qtype, '') <> 'HINFO'
  -- whoever was asked at the end may still answer
  AND d.last_asked_ns < e.last_ns - 5000000000
GROUP BY w.owner, v.evidence_id, v.interface
HAVING sum(d.state = 'unanswered') >= 3 AND sum(d.state = 'answered') >= 3
ORDER BY lost DESC, w.owner;
