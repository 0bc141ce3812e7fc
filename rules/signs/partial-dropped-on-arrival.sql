-- sign: partial-dropped-on-arrival
-- title: Handshakes arrive with unfinished checksums and die
-- group: arrival
-- needs: tunnel-arrivals
-- says: tunnelled handshake packets arrive with an unfinished (partial) checksum and nobody answers them: on {rows:node pair}, most at {to_node}
-- The pseudo-header sum alone stands in the checksum field at the *receiving*
-- node, and the handshake does not go on. On virtual links the kernel accepts
-- such packets: only pairs where more die than live are named.
SELECT ref(e.path, min(a.frame), NULL) AS ref,
       count(*) || ' handshake packets from ' || a.from_node || ' reached '
       || a.node || ' unfinished, ' || sum(a.is_accepted)
       || ' of them were answered' AS says,
       CASE WHEN count(*) OVER () > 2
            THEN 'the network cards, drivers or hypervisors of the nodes'
            ELSE 'a network card, driver or hypervisor on the way from '
                 || a.from_node || ' to ' || a.node END AS component,
       a.from_node AS from_node, a.node AS to_node
FROM v_partial_handshake AS a
JOIN evidence AS e ON e.id = a.evidence_id
GROUP BY a.from_node, a.node
HAVING sum(a.is_accepted = 0) >= 3
   AND sum(a.is_accepted = 0) > 3 * sum(a.is_accepted = 1)
ORDER BY sum(a.is_accepted = 0) DESC, a.from_node, a.node;
