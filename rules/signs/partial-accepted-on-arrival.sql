-- sign: partial-accepted-on-arrival
-- title: Unfinished checksums on arrival are accepted
-- group: arrival
-- needs: tunnel-arrivals
-- says: packets with an unfinished checksum arrive and are accepted between {rows:node pair}, as on links between virtual machines of one host
SELECT ref(e.path, min(a.frame), NULL) AS ref,
       sum(a.is_accepted) || ' of ' || count(*)
       || ' handshake packets that came from ' || a.from_node || ' to '
       || a.node || ' unfinished were answered' AS says
FROM v_partial_handshake AS a
JOIN evidence AS e ON e.id = a.evidence_id
GROUP BY a.from_node, a.node
HAVING sum(a.is_accepted = 1) >= 3
   AND sum(a.is_accepted = 1) > 3 * sum(a.is_accepted = 0)
ORDER BY a.from_node, a.node;
