-- sign: port-reuse-delays
-- title: Connections that reuse a port open a second late
-- group: port-reuse
-- needs: questions
-- says: {n:connection} from a port used shortly before lost the first SYN
SELECT min(ref(e.path, t.syn_frame, NULL)) AS ref,
       counted(count(*), 'connection') || ' to ' || address_text(t.server)
       || ':'
       || t.server_port || ' from a port used in the two minutes before'
           AS says,
       count(*) AS n, 'IPVS of ' || coalesce(max(v.node), 'the node')
           AS component,
       max(v.node) AS from_node, 'tcp' AS transport
FROM (SELECT evidence_id, interface, client, client_port, server, server_port,
             max(last_ns * (syns = 1)) AS before_ns, max(syn_ns) AS syn_ns,
             max(CASE WHEN syns >= 2 AND is_established = 1
                      THEN syn_frame END) AS syn_frame
      FROM tcp_connection
      GROUP BY client_port, client, server, server_port, interface,
               evidence_id
      HAVING count(*) >= 2) AS t
JOIN evidence AS e ON e.id = t.evidence_id
LEFT JOIN vantage AS v ON v.evidence_id = t.evidence_id
                      AND v.interface = t.interface
WHERE t.syn_frame IS NOT NULL
  AND t.syn_ns - t.before_ns BETWEEN 0 AND 120000000000
GROUP BY t.server, t.server_port
HAVING count(*) >= 3
ORDER BY n DESC;
