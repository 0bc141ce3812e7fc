-- sign: servfail-from-cache
-- title: Servers answer SERVFAIL at once, again and again
-- group: servfail
-- needs: questions
-- says: {server} answered SERVFAIL {n:time} within two milliseconds, for {names:name}
SELECT min(ref(e.path, d.response_frame, NULL)) AS ref,
       address_text(d.server) || ' answered SERVFAIL ' || count(*)
       || ' times at once' AS says,
       address_text(d.server) AS server, count(*) AS n,
       count(DISTINCT d.qname) AS names,
       'the cache of ' || coalesce(max(w.owner), address_text(d.server))
           AS component
FROM dns_exchange AS d
JOIN evidence AS e ON e.id = d.evidence_id
LEFT JOIN v_owner AS w ON w.address = d.server
WHERE d.rcode = 'SERVFAIL' AND d.answered_ns - d.asked_ns < 2000000
  AND coalesce(d.qtype, '') <> 'HINFO'
GROUP BY d.server
HAVING count(DISTINCT d.identity) >= 5
   AND count(DISTINCT d.qname) * 2 <= count(DISTINCT d.identity)
ORDER BY n DESC, server;
