-- sign: damaged-inner-on-arrival
-- title: Packets inside the tunnel arrive with wrong checksums
-- group: arrival
-- needs: tunnel-arrivals
-- says: packets inside the tunnel from {from_node} reach {to_node} with a wrong checksum, {n} of one protocol alone
-- Wrong, not merely unfinished, at the receiving node, of packets that came
-- through a tunnel from another node, on pairs whose questions fail.
SELECT ref(d.path, min(d.frame), NULL) AS ref,
       count(*) || ' packets from ' || d.from_node || ' reached ' || d.node
       || ' with a wrong ' || upper(d.layer) || ' checksum (stored '
       || printf('0x%04x', min(d.stored)) || ', right '
       || printf('0x%04x', min(d.correct)) || ', ...)' AS says,
       CASE WHEN count(*) OVER () > 4
            THEN 'the network cards, drivers or hypervisors of the nodes'
            ELSE 'a network card, driver or hypervisor on the way from '
                 || d.from_node || ' to ' || d.node END AS component,
       d.from_node AS from_node, d.node AS to_node, count(*) AS n
FROM v_inner_defect AS d
WHERE d.from_node <> d.node
  AND EXISTS (SELECT 1 FROM v_failed AS f
              WHERE f.path = 'cross-node'
                AND d.node IN (f.client_node, f.server_node)
                AND d.from_node IN (f.client_node, f.server_node))
GROUP BY d.from_node, d.node, d.layer
HAVING count(*) >= 3
ORDER BY count(*) DESC, d.from_node, d.node;
