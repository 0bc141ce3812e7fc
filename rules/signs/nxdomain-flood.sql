-- sign: nxdomain-flood
-- title: Most answers say that the name does not exist
-- group: nxdomain
-- needs: questions
-- says: {nxdomain} of {asked} answers were NXDOMAIN: search lists try every suffix
SELECT (SELECT min(ref) FROM v_exchange WHERE rcode = 'NXDOMAIN') AS ref,
       nxdomain || ' of ' || asked || ' answers NXDOMAIN' AS says,
       nxdomain AS nxdomain, asked AS asked
FROM (SELECT sum(rcode = 'NXDOMAIN') AS nxdomain, count(*) AS asked
      FROM exchange
      WHERE rcode IS NOT NULL
        AND leg IN ('client-to-dns', 'client-to-cache', 'cache-to-dns'))
WHERE asked >= 100 AND nxdomain * 10 >= asked * 6;
