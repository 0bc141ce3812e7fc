-- sign: answers-bypass-nat
-- title: Clients get answers from another address than they asked
-- group: unexpected-source
-- needs: questions
-- says: {n:answer} came from {source} to clients that had asked {service}
-- The answer of a DNS pod on the same bridge does not pass the packet filter,
-- so that its source is not translated back; the client refuses it.
SELECT min(ref(e.path, u.response_frame, NULL)) AS ref,
       count(*) || ' answers from ' || address_text(u.server)
       || ' to questions asked of ' || address_text(q.server) AS says,
       count(*) AS n, address_text(u.server) AS source,
       address_text(q.server) AS service,
       'the bridge of ' || coalesce(max(w.node), 'the node') AS component,
       max(w.node) AS from_node, max(w.node) AS to_node
FROM (SELECT evidence_id, interface, client, client_port, dns_id, server,
             response_frame
      FROM dns_exchange
      WHERE state = 'unsolicited' AND response_frame IS NOT NULL) AS u
JOIN (SELECT evidence_id, interface, client, client_port, dns_id, server
      FROM dns_exchange
      WHERE state = 'unanswered'
        AND server IN (SELECT address FROM owner WHERE kind = 'service')) AS q
  ON q.evidence_id = u.evidence_id AND q.interface = u.interface
 AND q.client = u.client AND q.client_port = u.client_port
 AND q.dns_id = u.dns_id AND q.server <> u.server
JOIN evidence AS e ON e.id = u.evidence_id
LEFT JOIN v_owner AS w ON w.address = u.server
GROUP BY u.server, q.server
HAVING count(*) >= 3
ORDER BY n DESC, source;
