-- sign: icmp-prohibited
-- title: ICMP says that DNS or tunnel packets are prohibited
-- group: prohibited
-- needs: questions
-- says: {from} answered {n:packet} to port {port} with ICMP "prohibited"
-- Type 3 codes 9, 10 and 13 (ICMPv6: 1) come from filters only.
SELECT ref(e.path, min(i.frame), NULL) AS ref,
       counted(count(*), 'time') || ' from ' || address_text(i.source)
       || ', code '
       || i.code || ', for packets to port ' || i.quoted_destination_port
           AS says,
       coalesce(max(w.owner), address_text(i.source)) AS "from",
       count(*) AS n, i.quoted_destination_port AS port,
       'the firewall of ' || coalesce(max(w.owner), address_text(i.source))
           AS component,
       max(w.node) AS to_node
FROM icmp_error AS i
JOIN evidence AS e ON e.id = i.evidence_id
LEFT JOIN v_owner AS w ON w.address = i.source
WHERE ((i.type = 3 AND i.code IN (9, 10, 13)) OR (i.type = 1001 AND i.code = 1))
  AND i.quoted_destination_port IN (SELECT port FROM dns_port
                                    UNION SELECT port FROM v_tunnel_port)
GROUP BY i.source, i.code, i.quoted_destination_port
ORDER BY n DESC, "from";
