-- sign: vtep-mac-differs
-- title: Others hold a wrong MAC address for a node's tunnel device
-- group: tunnel-mac
-- needs: tunnel-macs
-- says: {at} holds {held} for the tunnel device of {node}, which has {mac}
-- A forwarding table may keep old entries beside the right one: only where no
-- entry is right does it matter, and only for nodes whose questions fail.
SELECT min(b.ref) AS ref,
       b.at_node || ' (' || b.source || ') holds ' || min(b.mac) || ', '
       || m.interface || ' of ' || b.about_node || ' has ' || min(m.mac)
           AS says,
       b.at_node AS at, min(b.mac) AS held, b.about_node AS node,
       min(m.mac) AS mac,
       m.interface || ' of ' || b.about_node AS component,
       CASE b.source WHEN 'annotation' THEN NULL ELSE b.at_node END
           AS from_node,
       b.about_node AS to_node, m.interface AS interface
FROM v_vtep_belief AS b
JOIN v_vtep_mac AS m ON m.node = b.about_node
 AND (b.interface IS NULL OR m.interface = b.interface)
JOIN v_node_fails AS f ON f.node = b.about_node
GROUP BY b.at_node, b.about_node, b.source, m.interface
HAVING sum(b.mac = m.mac) = 0
ORDER BY b.source = 'annotation', b.at_node, b.about_node, b.source;
