-- sign: large-answers-lost
-- title: Answers above a size are lost between nodes, smaller ones pass
-- group: size
-- needs: answer-sizes
-- says: {n:answer} of {lost_min} bytes and more got lost between nodes, while those up to {passed_max} bytes pass
SELECT x.ref AS ref,
       'an answer of ' || x.response_bytes || ' bytes left '
       || x.server_node || ' and did not reach ' || x.client_node AS says,
       x.server_node AS from_node, x.client_node AS to_node,
       t.lost_min AS lost_min, t.passed_max AS passed_max, t.lost AS n,
       CASE WHEN min(x.server_node) OVER () < max(x.server_node) OVER ()
             AND min(x.client_node) OVER () < max(x.client_node) OVER ()
            THEN 'the paths between nodes'
            WHEN min(x.server_node) OVER () < max(x.server_node) OVER ()
            THEN 'the paths to ' || x.client_node
            WHEN min(x.client_node) OVER () < max(x.client_node) OVER ()
            THEN 'the paths from ' || x.server_node
            ELSE 'the path from ' || x.server_node || ' to '
                 || x.client_node END AS component
FROM v_failed AS x
JOIN (SELECT min(CASE WHEN outcome <> 'answered' THEN response_bytes END)
                 AS lost_min,
             max(CASE WHEN outcome = 'answered' THEN response_bytes END)
                 AS passed_max,
             sum(outcome <> 'answered') AS lost,
             sum(outcome = 'answered') AS passed
      FROM v_exchange
      WHERE path = 'cross-node' AND response_bytes IS NOT NULL
        AND phase IN (SELECT phase FROM v_failed)
        AND (outcome = 'answered'
             OR failure IN ('answer-lost', 'answer-damaged'))) AS t
WHERE x.path = 'cross-node' AND x.failure IN ('answer-lost', 'answer-damaged')
  AND x.response_bytes IS NOT NULL
  AND t.lost >= 3 AND t.passed >= 5 AND t.lost_min > t.passed_max
  AND t.lost_min > 512
ORDER BY x.response_bytes, x.asked_ns, x.id;
