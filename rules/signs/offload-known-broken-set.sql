-- sign: offload-known-broken-set
-- title: Calico was told that checksum offload is broken
-- group: offload
-- needs: logs
-- says: felix on {node} has ChecksumOffloadBroken=true, so that it turns the tunnel's offload off
SELECT min(l.ref) AS ref,
       'felix of ' || coalesce(l.node, l.pod, l.path) || ': '
       || min(l.message) AS says,
       coalesce(l.node, l.pod, l.path) AS node
FROM v_log_event AS l
WHERE l.event IN ('feature-detect', 'feature-override')
  AND l.error = 'ChecksumOffloadBroken=true'
GROUP BY l.path, l.node
ORDER BY l.path;
