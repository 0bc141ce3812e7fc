-- sign: small-packets-lost
-- title: Small packets are lost between nodes as well
-- group: size
-- needs: cross-node-questions
-- says: {n:cross-node exchange} failed although no packet of them was larger than 600 bytes
SELECT x.ref AS ref,
       coalesce(x.qname, 'a connection') || ' from ' || x.client_node || ' to '
       || x.server_node || ': ' || x.failure AS says,
       (SELECT count(*) FROM v_failed AS f
        WHERE f.path = 'cross-node'
          AND f.failure IN ('query-lost', 'query-damaged', 'answer-lost',
                            'answer-damaged')
          AND coalesce(f.response_bytes, 100) <= 600) AS n
FROM v_failed AS x
WHERE x.path = 'cross-node'
  AND x.failure IN ('query-lost', 'query-damaged', 'answer-lost',
                    'answer-damaged')
  AND coalesce(x.response_bytes, 100) <= 600
  AND (SELECT count(*) FROM v_failed AS f
       WHERE f.path = 'cross-node'
         AND f.failure IN ('query-lost', 'query-damaged', 'answer-lost',
                           'answer-damaged')
         AND coalesce(f.response_bytes, 100) <= 600) >= 3
ORDER BY x.asked_ns, x.id;
