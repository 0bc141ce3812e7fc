-- sign: tunnel-header-constant-checksum
-- title: Tunnel headers carry the checksum 0xffff
-- group: tunnel-header
-- needs: tunnel-departures
-- says: {n:tunnel packet} from {from_node} with the checksum 0xffff, whatever the content: a disabled checksum that NAT "updated"
SELECT ref(d.path, min(d.frame), NULL) AS ref,
       count(*) || ' tunnel packets from ' || d.from_node || ' to '
       || d.to_node || ' with the stored checksum 0xffff' AS says,
       'the kernel of ' || d.from_node || ' (source NAT of the tunnel header)'
           AS component,
       d.from_node AS from_node, d.to_node AS to_node, count(*) AS n
FROM v_tunnel_header_defect AS d
WHERE d.stored = 65535
GROUP BY d.from_node, d.to_node
HAVING count(*) >= 3 AND count(DISTINCT d.correct) >= 3
ORDER BY count(*) DESC, d.from_node, d.to_node;
