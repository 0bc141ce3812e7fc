-- sign: masquerade-mark-kept
-- title: kube-proxy's rules leave the masquerade mark on the packet
-- group: tunnel-nat
-- needs: firewall-rules
-- says: KUBE-POSTROUTING on {node} masquerades and does not take the 0x4000 mark off, so that the tunnel packet around it is masqueraded again
-- kube-proxy 1.16.13, 1.17.9 and 1.18.6 added the rule that clears the mark.
SELECT ref(e.path, NULL, min(r.line)) AS ref,
       'KUBE-POSTROUTING on ' || e.node || ' has MASQUERADE and no rule that '
       || 'clears the mark' AS says,
       e.node AS node, e.node AS from_node
FROM firewall_rule AS r JOIN evidence AS e ON e.id = r.evidence_id
WHERE r.chain = 'KUBE-POSTROUTING' AND r.target = 'MASQUERADE'
  AND NOT EXISTS (SELECT 1 FROM firewall_rule AS m
                  WHERE m.evidence_id = r.evidence_id
                    AND m.chain = 'KUBE-POSTROUTING' AND m.target = 'MARK')
GROUP BY e.node
ORDER BY e.node;
