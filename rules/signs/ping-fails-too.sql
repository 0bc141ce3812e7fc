-- sign: ping-fails-too
-- title: Ping fails to the address that does not answer DNS
-- group: icmp
-- needs: pings
-- says: neither ping nor DNS reaches {server}
SELECT min(ref(e.path, NULL, p.line)) AS ref,
       'ping to ' || address_text(p.server) || ': ' || p.result AS says,
       address_text(p.server) AS server
FROM probe AS p JOIN evidence AS e ON e.id = p.evidence_id
JOIN v_owner AS w ON w.address = p.server AND w.kind IN ('pod', 'tunnel')
WHERE p.tool = 'ping' AND p.result IN ('timeout', 'unreachable')
  AND NOT EXISTS (SELECT 1 FROM probe AS g
                  WHERE g.tool = 'ping' AND g.server = p.server
                    AND g.result = 'answered')
GROUP BY p.server
ORDER BY 1;
