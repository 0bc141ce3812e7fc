-- sign: losses-at-random
-- title: Packets of every kind are lost now and then between two nodes
-- group: random-loss
-- needs: cross-node-repeats
-- says: from {from_node} to {to_node} {retried} of {asked:question} needed another try, which succeeded {saved:time}
SELECT (SELECT min(x.ref) FROM v_exchange AS x
        WHERE x.attempts > 1 AND x.client_node = p.from_node
          AND x.server_node = p.to_node) AS ref,
       p.retried || ' of ' || p.asked || ' questions from ' || p.from_node
       || ' to ' || p.to_node || ' were asked again, ' || p.saved
       || ' of them answered then' AS says,
       p.from_node AS from_node, p.to_node AS to_node, p.asked AS asked,
       p.retried AS retried, p.saved AS saved,
       'the path between ' || p.from_node || ' and ' || p.to_node AS component
FROM (SELECT client_node AS from_node, server_node AS to_node,
             count(*) AS asked, sum(attempts > 1) AS retried,
             sum(attempts > 1 AND outcome = 'answered') AS saved,
             sum(outcome IN ('failed', 'late')) AS failed
      FROM exchange
      WHERE path = 'cross-node' AND outcome <> 'unknown' AND transport = 'udp'
        AND leg IN ('client-to-dns', 'cache-to-dns')
      GROUP BY client_node, server_node) AS p
WHERE p.asked >= 50 AND p.retried >= 10 AND p.saved * 2 >= p.retried
  AND p.retried * 3 <= p.asked AND p.failed * 5 <= p.asked
ORDER BY p.retried DESC, p.from_node, p.to_node;
