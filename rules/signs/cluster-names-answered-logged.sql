-- sign: cluster-names-answered-logged
-- title: Names of the cluster are answered, says the query log or a probe
-- group: cluster-side
-- says: logs and probes hold {n:answered question} for names of the cluster and {failed} that failed
SELECT min(ref) AS ref,
       sum(good) || ' answered, ' || sum(bad) || ' not' AS says,
       sum(good) AS n, sum(bad) AS failed
FROM (SELECT ref(e.path, NULL, l.line) AS ref, l.good AS good, l.bad AS bad
      FROM (SELECT evidence_id, min(line) AS line,
                   sum(rcode IS 'NOERROR') AS good,
                   sum(rcode IS NOT 'NOERROR') AS bad
            FROM log_event JOIN v_cluster_zone
            WHERE event = 'query' AND rcode IS NOT 'NXDOMAIN'
              AND '.' || qname LIKE '%.' || zone
            GROUP BY evidence_id) AS l
      JOIN evidence AS e ON e.id = l.evidence_id
      UNION ALL
      SELECT ref(e.path, NULL, p.line), p.result IN ('NOERROR', 'answered'),
             p.result NOT IN ('NOERROR', 'answered')
      FROM probe AS p JOIN evidence AS e ON e.id = p.evidence_id
      JOIN v_cluster_zone AS z
      WHERE '.' || rtrim(p.qname, '.') || '.' LIKE '%.' || z.zone
        AND p.result <> 'NXDOMAIN')
HAVING sum(good) >= 3 AND sum(bad) * 20 <= sum(good) + sum(bad);
