-- sign: ipvs-in-use
-- title: Services are balanced by IPVS
-- group: ipvs
-- needs: link-settings
-- says: {node} has IPVS's interface or settings
SELECT min(s.ref) AS ref, s.name || ' of ' || coalesce(s.node, '?') AS says,
       coalesce(s.node, '?') AS node
FROM v_setting AS s
WHERE (s.interface = 'kube-ipvs0' AND s.source = 'ip link')
   OR s.name = 'net.ipv4.vs.conn_reuse_mode'
GROUP BY s.node
ORDER BY s.node;
