-- sign: tunnel-bad-checksum-nat-ports
-- title: Tunnel packets with bad checksums come from ports that only NAT gives
-- group: tunnel-header-log
-- needs: kernel-log
-- says: {low} of {n:tunnel packet} that {to_node} dropped for a bad checksum came from a port below 32768, which tunnels do not use and MASQUERADE --random-fully does
-- A VXLAN device takes its source ports from ip_local_port_range.
SELECT min(ref(e.path, NULL, l.line)) AS ref,
       'source ports of tunnel packets with bad checksums: '
       || min(l.client_port) || ' to ' || max(l.client_port) AS says,
       sum(l.client_port < 32768) AS low, count(*) AS n,
       'the kernel of ' || coalesce(w.node, address_text(l.client))
       || ' (source NAT of the tunnel header)' AS component,
       w.node AS from_node,
       coalesce(r.node, l.node, e.node, address_text(l.local)) AS to_node
FROM log_event AS l
JOIN evidence AS e ON e.id = l.evidence_id
LEFT JOIN v_owner AS w ON w.address = l.client
LEFT JOIN v_owner AS r ON r.address = l.local
WHERE l.event = 'udp-bad-checksum'
  AND l.local_port IN (SELECT port FROM v_tunnel_port)
  AND NOT EXISTS (SELECT 1 FROM setting AS s
                  WHERE s.name = 'net.ipv4.ip_local_port_range'
                    AND CAST(s.value AS INTEGER) < 32768)
GROUP BY e.id, l.client, l.local
HAVING count(*) >= 3 AND sum(l.client_port < 32768) * 4 >= count(*)
ORDER BY n DESC, e.path, l.client;
