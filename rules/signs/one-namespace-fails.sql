-- sign: one-namespace-fails
-- title: Pods of one namespace get no answer where others do
-- group: namespace
-- needs: questions
-- says: clients in namespace {namespace}: 0 of {asked} answered; those in others on the same nodes: {others}
SELECT ref(e.path, n.frame, NULL) AS ref,
       'namespace ' || n.namespace || ': 0 of ' || n.asked || ' answered'
           AS says,
       n.namespace AS namespace, n.asked AS asked, o.answered AS others,
       'the policies of namespace ' || n.namespace AS component,
       'pod' AS client
FROM (SELECT w.namespace AS namespace, sum(x.asked) AS asked,
             sum(x.answered) AS answered, min(x.evidence_id) AS evidence_id,
             min(x.frame) AS frame
      FROM (SELECT client, count(*) AS asked,
                   sum(outcome = 'answered') AS answered,
                   min(evidence_id) AS evidence_id, min(frame) AS frame
            FROM exchange
            WHERE leg IN ('client-to-dns', 'client-to-cache')
              AND outcome <> 'unknown'
            GROUP BY client) AS x
      JOIN v_owner AS w ON w.address = x.client
      WHERE w.kind = 'pod' AND w.is_dns = 0 AND w.namespace <> ''
      GROUP BY w.namespace) AS n
JOIN (SELECT w.namespace AS namespace, sum(x.answered) AS answered
      FROM (SELECT client, client_node, sum(outcome = 'answered') AS answered,
                   sum(outcome IN ('failed', 'late')) AS failed
            FROM exchange
            WHERE leg IN ('client-to-dns', 'client-to-cache')
            GROUP BY client, client_node) AS x
      JOIN v_owner AS w ON w.address = x.client
      WHERE w.kind = 'pod' AND w.is_dns = 0 AND w.namespace <> ''
        AND x.client_node IN (SELECT node FROM v_node_fails)
      GROUP BY w.namespace) AS o ON o.namespace <> n.namespace
JOIN evidence AS e ON e.id = n.evidence_id
WHERE n.asked >= 5 AND n.answered = 0 AND o.answered >= 5
ORDER BY n.asked DESC, n.namespace, o.namespace;
