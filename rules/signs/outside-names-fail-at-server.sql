-- sign: outside-names-fail-at-server
-- title: A DNS server answers names of the cluster and fails for others
-- group: outside-names
-- needs: questions
-- says: {server} failed {failed} of {asked:question} for names outside the cluster and answered {answered} for names of the cluster
-- Both kinds came to the server and took the same way: what differs is that
-- it has to ask somebody else for one of them.
SELECT (SELECT min(f.ref) FROM v_failed AS f JOIN v_cluster_zone AS z
        WHERE f.server_text = n.server
          AND '.' || f.qname NOT LIKE '%.' || z.zone) AS ref,
       n.server || ': ' || n.failed || ' of ' || n.asked
       || ' outside names failed, ' || n.answered
       || ' names of the cluster answered' AS says,
       n.server AS server, n.failed AS failed, n.asked AS asked,
       n.answered AS answered, n.node AS to_node
FROM (SELECT address_text(x.server) AS server, max(x.server_node) AS node,
             sum(o.is_outside AND (x.failure IS 'error-code'
                                   OR x.outcome = 'late'
                                   OR (x.failure IS 'no-answer'
                                       AND x.server_saw_query IS 1)))
                 AS failed,
             sum(o.is_outside) AS asked,
             sum(NOT o.is_outside AND x.outcome = 'answered') AS answered,
             sum(NOT o.is_outside AND x.failure IS 'error-code') AS refused
      FROM exchange AS x
      JOIN (SELECT i.id AS id,
                   '.' || i.qname NOT LIKE '%.' || z.zone AS is_outside
            FROM exchange AS i JOIN v_cluster_zone AS z
            WHERE i.qname IS NOT NULL AND i.qname <> '.'
              AND i.qname NOT LIKE '%.arpa.'
              AND NOT (i.qtype IS 'HINFO')) AS o ON o.id = x.id
      WHERE x.leg IN ('client-to-dns', 'cache-to-dns')
        AND x.outcome <> 'unknown'
      GROUP BY x.server) AS n
WHERE n.failed >= 5 AND n.failed * 2 >= n.asked AND n.answered >= 5
  AND n.refused * 20 <= n.answered
ORDER BY n.failed DESC, n.server;
