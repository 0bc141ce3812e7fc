-- sign: arrivals-intact
-- title: What arrives through the tunnel is intact
-- group: arrival
-- needs: tunnel-arrivals, cross-node-questions
-- says: no packet that arrived through the tunnel had a damaged checksum ({n:header} judged)
-- Only says something if enough arrived between the nodes whose questions
-- fail (or, where none fails, between any two).
SELECT ref(min(c.path), min(c.first_frame), NULL) AS ref,
       sum(c.packets) || ' TCP and UDP headers arrived at ' || c.node
       || ' through the tunnel, all right' AS says,
       sum(c.packets) AS n
FROM v_tunnel_arrival AS c
WHERE NOT EXISTS (SELECT 1 FROM v_tunnel_arrival AS b
                  WHERE b.state IN ('bad', 'partial', 'lco'))
GROUP BY c.node
HAVING sum(c.packets) >= 20
ORDER BY c.node;
