-- sign: vtep-macs-agree
-- title: Everybody holds the right MAC addresses of the tunnel devices
-- group: tunnel-mac
-- needs: tunnel-macs
-- says: what the nodes hold for the tunnel devices of others agrees with what those have ({rows:entry} compared)
SELECT min(b.ref) AS ref,
       b.at_node || ' (' || b.source || ') holds the MAC address of '
       || m.interface || ' of ' || b.about_node AS says
FROM v_vtep_belief AS b
JOIN v_vtep_mac AS m ON m.node = b.about_node AND m.mac = b.mac
 AND (b.interface IS NULL OR m.interface = b.interface)
WHERE NOT EXISTS (
    SELECT 1 FROM v_vtep_belief AS o
    JOIN v_vtep_mac AS d ON d.node = o.about_node
     AND (o.interface IS NULL OR d.interface = o.interface)
    GROUP BY o.at_node, o.about_node, o.source, d.interface
    HAVING sum(o.mac = d.mac) = 0)
GROUP BY b.at_node, b.about_node, b.source
ORDER BY b.at_node, b.about_node, b.source;
