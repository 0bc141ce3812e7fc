-- sign: other-backend-drops
-- title: The packet filter that the cluster does not use drops packets
-- group: backend-drop
-- needs: firewall-rules
-- says: {chain} in {backend} of {node} ends in {target} and took {n:packet}, while kube-proxy writes to the other backend
-- Of two backends with rules of the cluster, one that forwards nothing but
-- drops; only where questions fail.
SELECT min(ref(e.path, NULL, r.line)) AS ref,
       r.chain || ' (' || r.backend || ') of ' || e.node || ': ' || r.target
       || ', ' || max(r.packets) || ' packets' AS says,
       r.chain AS chain, r.backend AS backend, e.node AS node,
       r.target AS target, max(r.packets) AS n,
       'the ' || r.backend || ' packet filter of ' || e.node AS component,
       e.node AS to_node
FROM firewall_rule AS r
JOIN evidence AS e ON e.id = r.evidence_id
JOIN v_node_fails AS f ON f.node = e.node
WHERE r.chain IN ('INPUT', 'FORWARD') AND r.table_name = 'filter'
  AND r.target IN ('DROP', 'REJECT') AND r.packets >= 3
  AND coalesce(r.ctstate, '') NOT LIKE '%INVALID%'
  AND EXISTS (SELECT 1 FROM firewall_rule AS o
              JOIN evidence AS x ON x.id = o.evidence_id
              WHERE x.node = e.node AND o.table_name = 'filter'
                AND o.chain = r.chain AND o.position = 0
                AND o.backend <> '' AND o.backend <> r.backend
                AND o.target = 'ACCEPT')
  AND r.backend <> ''
GROUP BY e.node, r.chain, r.backend, r.target
ORDER BY n DESC, e.node;
