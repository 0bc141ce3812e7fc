-- sign: conntrack-tunnel-nat
-- title: Connection tracking shows tunnel packets with rewritten ports
-- group: tunnel-nat
-- needs: conntrack-table
-- says: {rows:tunnel entry} of the connection tracking table went through source NAT: the reply port differs from the original port
SELECT ref(e.path, NULL, c.line) AS ref,
       'tunnel entry with original source port ' || c.source_port
       || ', on the wire ' || c.reply_destination_port AS says,
       'the kernel of ' || e.node || ' (source NAT of the tunnel header)'
           AS component,
       e.node AS from_node
FROM conntrack AS c JOIN evidence AS e ON e.id = c.evidence_id
WHERE c.protocol = 17
  AND c.destination_port IN (SELECT port FROM v_tunnel_port)
  AND c.source_port <> c.reply_destination_port
ORDER BY e.path, c.line;
