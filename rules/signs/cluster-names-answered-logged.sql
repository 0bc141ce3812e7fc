-- sign: cluster-names-answered-logged
-- title: Names of the cluster are answered, says the query log or a probe
-- group: cluster-side
-- says: {n} questions for names of the cluster were answered in texts, {failed} were not
SELECT min(ref) AS ref, min(says) AS says, sum(good) AS n,
       sum(NOT good) AS failed
FROM (SELECT l.ref AS ref, l.qname || ' ' || coalesce(l.rcode, 'no answer')
             AS says, l.rcode IS 'NOERROR' AS good
      FROM v_log_event AS l
      WHERE l.event = 'query'
        AND (l.qname LIKE '%.svc.cluster.local.' OR l.qname LIKE '%.svc.%')
        AND coalesce(l.rcode, '') <> 'NXDOMAIN'
      UNION ALL
      SELECT ref(e.path, NULL, p.line), p.qname || ' ' || p.result,
             p.result IN ('NOERROR', 'answered')
      FROM probe AS p JOIN evidence AS e ON e.id = p.evidence_id
      WHERE p.qname LIKE '%.svc.%' AND p.result <> 'NXDOMAIN')
HAVING sum(good) >= 3 AND sum(NOT good) * 20 <= count(*);
