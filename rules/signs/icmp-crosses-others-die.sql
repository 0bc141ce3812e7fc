-- sign: icmp-crosses-others-die
-- title: Ping passes between pods of two nodes and DNS does not
-- group: icmp
-- needs: pings
-- says: ping to {server} answers and DNS to it does not
-- Pasted: a ping and a question to the same address. Captured: ICMP inside
-- the tunnel arrives between nodes whose questions fail.
SELECT min(ref(e.path, NULL, p.line)) AS ref,
       'ping to ' || address_text(p.server) || ' answered, '
       || (SELECT d.tool || ': ' || d.result FROM probe AS d
           WHERE d.server = p.server
             AND d.tool IN ('dig', 'nslookup', 'host', 'curl', 'nc')
             AND d.result = 'timeout' LIMIT 1) AS says,
       address_text(p.server) AS server, NULL AS from_node, NULL AS to_node
FROM probe AS p JOIN evidence AS e ON e.id = p.evidence_id
WHERE p.tool = 'ping' AND p.result = 'answered' AND p.server IS NOT NULL
  AND EXISTS (SELECT 1 FROM probe AS d
              WHERE d.server = p.server AND d.result = 'timeout'
                AND d.tool IN ('dig', 'nslookup', 'host', 'curl', 'nc'))
GROUP BY p.server
UNION ALL
SELECT min(i.ref), sum(i.packets) || ' ICMP packets inside the tunnel arrived '
       || 'at ' || i.to_node || ' from ' || i.from_node,
       i.to_node, i.from_node, i.to_node
FROM v_pod_flow AS i
WHERE i.protocol IN (1, 58) AND i.depth > 0 AND i.node = i.to_node
  AND EXISTS (SELECT 1 FROM v_pair AS f
              WHERE f.path = 'cross-node' AND f.failed >= 3
                AND f.answered * 10 <= f.asked
                AND i.from_node IN (f.client_node, f.server_node)
                AND i.to_node IN (f.client_node, f.server_node))
GROUP BY i.from_node, i.to_node
HAVING sum(i.packets) >= 3
ORDER BY 1;
