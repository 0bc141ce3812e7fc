-- sign: cache-silent-to-clients
-- title: The node-local cache is silent while its upstream leg works
-- group: cache
-- needs: cache-questions
-- says: {failed} of {asked:question} to the node-local cache got no reply although the cache's own questions are answered
SELECT (SELECT min(ref) FROM v_failed WHERE leg = 'client-to-cache') AS ref,
       c.failed || ' of ' || c.asked || ' without a reply' AS says,
       c.failed AS failed, c.asked AS asked
FROM (SELECT sum(rcode IS NULL AND outcome <> 'answered') AS failed,
             count(*) AS asked
      FROM exchange WHERE leg = 'client-to-cache' AND outcome <> 'unknown') AS c
JOIN (SELECT sum(outcome = 'answered') AS answered, count(*) AS asked
      FROM exchange
      WHERE leg IN ('cache-to-dns', 'dns-to-upstream')
        AND outcome <> 'unknown') AS u
WHERE c.failed >= 3 AND c.failed * 10 >= c.asked
  AND u.asked >= 5 AND u.answered * 10 >= u.asked * 9;
