-- sign: foreign-routing-rules
-- title: Rules of another program choose the routing table
-- group: routing-rules
-- says: {node} has {rows:routing rule} for a table of its own, such as {priority}: {rule}
-- nm-cloud-setup writes priorities 30200 to 30400 and 30350 on.
SELECT s.ref AS ref, s.name || ': ' || s.value || ' on ' || s.node AS says,
       s.node AS node, s.name AS priority, s.value AS rule
FROM v_setting AS s
WHERE s.source = 'ip rule' AND coalesce(s.netns, '') = ''
  AND CAST(s.name AS INTEGER) BETWEEN 30200 AND 30500
  AND s.value REGEXP 'lookup (3[0-9]{4}|main suppress)'
ORDER BY s.ref;
