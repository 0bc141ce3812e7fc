-- sign: backends-both-hold-rules
-- title: Rules of the cluster stand in both packet filters of a node
-- group: backend
-- needs: firewall-rules
-- says: {node} has rules of the cluster in nft ({nft}) and in legacy iptables ({legacy})
SELECT max(CASE WHEN backend = 'legacy' THEN ref END) AS ref,
       node || ': ' || sum(backend = 'nft') || ' chains in nft, '
       || sum(backend = 'legacy') || ' in legacy' AS says,
       node AS node, sum(backend = 'nft') AS nft,
       sum(backend = 'legacy') AS legacy,
       'the two packet filters of ' || node AS component
FROM (SELECT e.node AS node, r.backend AS backend, r.chain AS chain,
             max(ref(e.path, NULL, r.line)) AS ref
      FROM firewall_rule AS r JOIN evidence AS e ON e.id = r.evidence_id
      WHERE r.backend IN ('nft', 'legacy') AND e.node IS NOT NULL
        AND r.position > 0
        AND r.chain REGEXP '^(KUBE-|cali-|FLANNEL-|CILIUM_|WEAVE)'
      GROUP BY e.node, r.backend, r.chain)
GROUP BY node
HAVING sum(backend = 'nft') > 0 AND sum(backend = 'legacy') > 0
ORDER BY node;
