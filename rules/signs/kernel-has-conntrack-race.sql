-- sign: kernel-has-conntrack-race
-- title: The kernel is one that loses the race of parallel questions
-- group: kernel
-- says: {node} runs Linux {release}; the last of the fixes came with 5.0
SELECT ref AS ref, node || ' runs Linux ' || release AS says, node AS node,
       release AS release
FROM (SELECT e.node AS node, s.value AS release,
             ref(e.path, NULL, s.line) AS ref
      FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
      WHERE s.source = 'uname' AND s.name = 'release' AND e.node IS NOT NULL
      UNION
      SELECT o.name,
             substr(o.detail, instr(o.detail, 'kernel=') + 7,
                    instr(substr(o.detail, instr(o.detail, 'kernel=') + 7)
                          || ';', ';') - 1),
             ref(e.path, NULL, o.line)
      FROM kube_object AS o JOIN evidence AS e ON e.id = o.evidence_id
      WHERE o.kind = 'node' AND o.detail LIKE '%kernel=%')
WHERE release REGEXP '^[34]\.[0-9]+'
GROUP BY node
ORDER BY node;
