-- sign: conntrack-near-limit
-- title: Connection tracking is at its limit
-- group: conntrack-limit
-- says: {node} tracks {entries:connection} and its limit is {max}
SELECT c.ref AS ref,
       c.entries || ' entries, nf_conntrack_max = ' || s.value || ' on '
       || c.node AS says,
       c.node AS node, c.entries AS entries, s.value AS max, c.node AS from_node
FROM (SELECT node, value AS entries, ref FROM v_counter
      WHERE name = 'conntrack.entries' AND coalesce(netns, '') = ''
      UNION ALL
      SELECT node, CAST(value AS INTEGER), ref FROM v_setting
      WHERE name = 'net.netfilter.nf_conntrack_count'
        AND coalesce(netns, '') = '') AS c
JOIN v_setting AS s ON s.node = c.node AND coalesce(s.netns, '') = ''
 AND s.name IN ('net.netfilter.nf_conntrack_max', 'net.nf_conntrack_max')
WHERE CAST(s.value AS INTEGER) > 0
  AND c.entries * 100 >= CAST(s.value AS INTEGER) * 95
GROUP BY c.node
ORDER BY c.node;
