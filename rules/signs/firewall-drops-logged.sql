-- sign: firewall-drops-logged
-- title: A firewall logged that it dropped DNS or overlay packets
-- group: firewall
-- needs: kernel-log
-- says: the firewall of {node} dropped {n:packet} of DNS or of the overlay: {line}
-- A firewall open to the world logs much else: only lines for port 53 or a
-- tunnel's port, or for packets that a tunnel or pod device brought, count.
SELECT min(ref(e.path, NULL, l.line)) AS ref,
       counted(count(*), 'line') || ' on '
       || coalesce(l.node, e.node, e.path) || ': '
       || min(l.message) AS says,
       coalesce(l.node, e.node, e.path) AS node, count(*) AS n,
       min(l.message) AS line,
       'the firewall of ' || coalesce(l.node, e.node, 'a node') AS component,
       coalesce(l.node, e.node) AS to_node
FROM log_event AS l
JOIN evidence AS e ON e.id = l.evidence_id
WHERE l.event = 'firewall-reject'
  AND (l.message REGEXP ' DPT=(53|4789|8472|6081)\b'
       OR l.message REGEXP 'IN=(flannel|vxlan|cali|cni|genev|cilium|tunl|veth|kube-bridge)'
       OR l.message REGEXP 'OUT=(flannel|vxlan|cali|cni|genev|cilium|tunl|kube-bridge)')
GROUP BY e.id, l.node
HAVING count(*) >= 3
ORDER BY n DESC, e.path;
