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
-- CROSS JOIN keeps the order: pods are few, and so are their interfaces
FROM v_owner AS w
CROSS JOIN vantage AS v ON v.pod = w.owner AND v.kind IN ('veth', 'pod')
CROSS JOIN evidence AS e ON e.id = v.evidence_id
CROSS JOIN dns_exchange AS d ON d.evidence_id = v.evidence_id
                            AND d.interface = v.interface
                            AND d.server = w.address
WHERE w.kind = 'pod' AND d.query_frame IS NOT NULL
  AND coalesce(d.qtype, '') <> 'HINFO'
  -- whoever was asked at the end may still answer
  AND d.last_asked_ns < e.last_ns - 5000000000
GROUP BY w.owner, v.evidence_id, v.interface
HAVING sum(d.state = 'unanswered') >= 3 AND sum(d.state = 'answered') >= 3
ORDER BY lost DESC, w.owner;
