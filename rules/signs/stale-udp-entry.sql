-- sign: stale-udp-entry
-- title: Connection tracking sends DNS to an address without a pod
-- group: stale-conntrack
-- needs: conntrack-table, pods
-- says: {n:entry} of connection tracking for DNS to {endpoint}, where no pod is
SELECT ref(e.path, NULL, min(c.line)) AS ref,
       counted(count(*), 'entry') || ', such as from '
       || address_text(c.source) || ':'
       || c.source_port || ', send questions for '
       || address_text(c.destination) || ' to ' || address_text(c.reply_source)
       || ', unreplied' AS says,
       address_text(c.reply_source) AS endpoint, count(*) AS n,
       'connection tracking of ' || coalesce(e.node, 'a node') AS component,
       e.node AS from_node, 'udp' AS transport
FROM conntrack AS c JOIN evidence AS e ON e.id = c.evidence_id
WHERE c.protocol = 17 AND c.destination_port = 53 AND c.is_unreplied = 1
  AND c.destination <> c.reply_source
  AND c.destination IN (SELECT address FROM owner WHERE kind = 'service')
  AND c.reply_source NOT IN (SELECT address FROM kube_object
                             WHERE kind IN ('pod', 'node')
                               AND address IS NOT NULL)
  AND EXISTS (SELECT 1 FROM v_symptom)
GROUP BY c.evidence_id, c.destination, c.reply_source
ORDER BY n DESC, e.path, endpoint;
