-- sign: tunnel-header-nat-checksum
-- title: Tunnel headers leave with the checksum of another source port
-- group: tunnel-header
-- needs: tunnel-departures
-- says: {n:tunnel packet} left {from_node} with a checksum that fits another, ephemeral source port: the header was rewritten and its checksum was not
-- The value is wrong as sent, so a capture of the sender suffices. Solving
-- for the port that makes the stored value right gives one of the ephemeral
-- range in every frame; by chance that would be two in five.
SELECT ref(d.path, min(d.frame), NULL) AS ref,
       count(*) || ' tunnel packets from ' || d.from_node || ' to '
       || d.to_node || ', as captured at ' || d.node || ', such as source port '
       || min(d.source_port) || ' with the checksum of another port; solved '
       || 'ports ' || min(d.solved_port) || ' to ' || max(d.solved_port)
           AS says,
       'the kernel of ' || d.from_node || ' (source NAT of the tunnel header)'
           AS component,
       d.from_node AS from_node, d.to_node AS to_node, count(*) AS n
FROM v_tunnel_header_defect AS d
WHERE d.is_nat_like
GROUP BY d.from_node, d.to_node, d.node
HAVING count(*) >= 3
   AND count(*) * 10 >= 9 * (SELECT count(*) FROM v_tunnel_header_defect AS a
                             WHERE a.from_node = d.from_node
                               AND a.to_node = d.to_node AND a.node = d.node)
ORDER BY count(*) DESC, d.from_node, d.to_node, d.node;
