-- sign: tunnel-bad-checksum-logged
-- title: The kernel logged tunnel packets with bad checksums
-- group: tunnel-header-log
-- needs: kernel-log
-- says: the kernel of {to_node} dropped {n:tunnel packet} from {source} for a bad UDP checksum
SELECT min(ref(e.path, NULL, l.line)) AS ref,
       counted(count(*), 'line') || ': ' || min(l.message) AS says,
       address_text(l.client) AS source, count(*) AS n,
       'the path of tunnelled packets from '
       || coalesce(w.node, address_text(l.client)) AS component,
       w.node AS from_node,
       coalesce(r.node, l.node, e.node, address_text(l.local)) AS to_node
FROM log_event AS l
JOIN evidence AS e ON e.id = l.evidence_id
LEFT JOIN v_owner AS w ON w.address = l.client
LEFT JOIN v_owner AS r ON r.address = l.local
WHERE l.event = 'udp-bad-checksum'
  AND l.local_port IN (SELECT port FROM v_tunnel_port)
GROUP BY e.id, l.client, l.local
HAVING count(*) >= 3
ORDER BY n DESC, e.path, l.client;
