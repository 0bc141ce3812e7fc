-- sign: cache-leg-healthy
-- title: The node-local cache answers its clients at once
-- group: cache
-- needs: cache-questions
-- says: the node-local cache replied to {answered} of {asked:question}, error codes included
SELECT (SELECT min(ref) FROM v_exchange
        WHERE leg = 'client-to-cache' AND rcode IS NOT NULL) AS ref,
       answered || ' of ' || asked || ' got a reply from the cache' AS says,
       answered AS answered, asked AS asked
FROM (SELECT sum(rcode IS NOT NULL) AS answered, count(*) AS asked
      FROM exchange WHERE leg = 'client-to-cache' AND outcome <> 'unknown')
WHERE asked >= 5 AND answered * 10 >= asked * 9;
