-- What evidence there is, and what is missing.

-- What evidence there is. Rules name these in `needs`.
CREATE VIEW v_available AS
SELECT 'questions' AS need,
       EXISTS (SELECT 1 FROM exchange) AS is_there,
       'A capture with DNS questions' AS what,
       'tcpdump -i any -w NODE_any.pcap port 53 or udp port 4789 or udp port 8472' AS collect
UNION ALL SELECT 'cross-node-questions',
       EXISTS (SELECT 1 FROM exchange WHERE path = 'cross-node'),
       'A capture with DNS questions between two nodes',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 or proto 4'
UNION ALL SELECT 'cross-node-repeats',
       (SELECT sum(attempts > 1) >= 10
               OR sum(outcome IN ('failed', 'late')) = 0
        FROM exchange WHERE path = 'cross-node' AND transport = 'udp') IS 1,
       'A capture with questions between two nodes that were asked again',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 or proto 4 (while a pod asks with dig +tries=5 or getent hosts)'
UNION ALL SELECT 'same-node-questions',
       EXISTS (SELECT 1 FROM exchange WHERE path = 'same-node'
               AND leg <> 'client-to-cache'),
       'A capture on a node that runs a DNS pod, with questions of that node',
       'tcpdump -i any -w NODE_any.pcap port 53'
UNION ALL SELECT 'cache-questions',
       (SELECT count(*) FROM exchange WHERE leg = 'client-to-cache') >= 5,
       'A capture with questions of pods to the node-local cache',
       'tcpdump -i any -w NODE_any.pcap port 53'
UNION ALL SELECT 'tunnel-arrivals',
       EXISTS (SELECT 1 FROM v_checksum_place
               WHERE place IN ('uplink', 'tunnel') AND direction = 'in'
                 AND from_node IS NOT NULL AND from_node <> node),
       'A capture at the receiving node (uplink or tunnel device)',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 (on the receiving node)'
UNION ALL SELECT 'tunnel-departures',
       EXISTS (SELECT 1 FROM v_tunnel_flow WHERE node = from_node),
       'A capture at the sending node''s uplink',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 (on the sending node)'
UNION ALL SELECT 'both-ends',
       EXISTS (SELECT 1 FROM v_tunnel_flow AS a
               JOIN v_tunnel_watch AS w
               ON w.node = a.to_node AND w.tunnel = a.tunnel
               AND w.first_ns <= a.last_ns AND w.last_ns >= a.first_ns
               WHERE a.node = a.from_node),
       'Captures at the uplinks of both nodes at the same time',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472 (on both nodes at once)'
UNION ALL SELECT 'counter-deltas',
       EXISTS (SELECT 1 FROM v_counter_delta
               WHERE name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors')),
       'Two readings of the checksum counters of a node',
       'netstat -s > NODE/1/netstat-s.txt; sleep 60; netstat -s > NODE/2/netstat-s.txt'
UNION ALL SELECT 'conntrack-table',
       EXISTS (SELECT 1 FROM conntrack),
       'The connection tracking table of a node', 'conntrack -L'
UNION ALL SELECT 'conntrack-deltas',
       EXISTS (SELECT 1 FROM v_counter_delta WHERE name LIKE 'conntrack.%'),
       'Two readings of the connection tracking counters',
       'conntrack -S > 1.txt; sleep 60; conntrack -S > 2.txt'
UNION ALL SELECT 'firewall-rules',
       EXISTS (SELECT 1 FROM firewall_rule),
       'The packet filter rules of a node', 'iptables-save -c'
UNION ALL SELECT 'pods',
       EXISTS (SELECT 1 FROM kube_object WHERE kind = 'pod'),
       'The list of pods', 'kubectl get pods -A -o wide'
UNION ALL SELECT 'endpoints',
       EXISTS (SELECT 1 FROM kube_object WHERE kind = 'endpoint')
       OR EXISTS (SELECT 1 FROM firewall_rule WHERE target = 'DNAT'),
       'The endpoints of the DNS service',
       'kubectl get endpoints,endpointslices -A -o json; iptables-save -t nat'
UNION ALL SELECT 'dns-logs',
       EXISTS (SELECT 1 FROM log_event
               WHERE source IN ('coredns', 'node-cache')),
       'Logs of CoreDNS or node-local DNS',
       'kubectl logs -n kube-system -l k8s-app=kube-dns --timestamps'
UNION ALL SELECT 'upstream-questions',
       EXISTS (SELECT 1 FROM exchange WHERE leg = 'dns-to-upstream'),
       'A capture with questions to the upstream resolvers',
       'tcpdump -i any -w NODE_any.pcap port 53'
UNION ALL SELECT 'answer-sizes',
       EXISTS (SELECT 1 FROM exchange WHERE response_bytes IS NOT NULL
               AND path = 'cross-node'),
       'A capture that saw answers cross between nodes',
       'tcpdump -i UPLINK -w NODE_UPLINK.pcap udp port 4789 or udp port 8472'
UNION ALL SELECT 'two-phases',
       (SELECT count(*) FROM phase) > 1,
       'Evidence from before and after a change',
       'repeat the capture after: ethtool --offload TUNNEL rx off tx off'
UNION ALL SELECT 'offload-settings',
       EXISTS (SELECT 1 FROM setting WHERE source = 'ethtool -k'),
       'The offload settings of the tunnel device', 'ethtool -k TUNNEL'
UNION ALL SELECT 'link-settings',
       EXISTS (SELECT 1 FROM setting WHERE source = 'ip link'),
       'The attributes of the tunnel device', 'ip -d link show TUNNEL'
UNION ALL SELECT 'logs',
       EXISTS (SELECT 1 FROM evidence WHERE kind = 'log'),
       'Logs of the DNS servers, the network plugin and the kernel',
       'kubectl logs -n kube-system --timestamps POD; dmesg -T'
UNION ALL SELECT 'kernel-log',
       EXISTS (SELECT 1 FROM log_event WHERE source = 'kernel')
       OR EXISTS (SELECT 1 FROM evidence
                  WHERE kind = 'log' AND path LIKE '%dmesg%'),
       'The kernel log of the nodes', 'dmesg -T'
UNION ALL SELECT 'drivers',
       EXISTS (SELECT 1 FROM setting
               WHERE source = 'ethtool -i' AND name = 'driver'),
       'The drivers of the network cards', 'ethtool -i UPLINK'
UNION ALL SELECT 'card-counter-deltas',
       EXISTS (SELECT 1 FROM v_counter_delta WHERE source = 'ethtool -S'),
       'Two readings of the network card''s own counters',
       'ethtool -S UPLINK > 1.txt; sleep 60; ethtool -S UPLINK > 2.txt'
UNION ALL SELECT 'firewall-deltas',
       EXISTS (SELECT 1 FROM v_drop_growth WHERE readings > 1),
       'Two readings of the packet filter with its counters',
       'iptables-save -c > 1.txt; sleep 60; iptables-save -c > 2.txt'
UNION ALL SELECT 'reverse-path-counter',
       EXISTS (SELECT 1 FROM v_counter_delta
               WHERE name = 'TcpExt.IPReversePathFilter'),
       'Two readings of the reverse path filter''s counter',
       'nstat -az TcpExtIPReversePathFilter; sleep 60; nstat -az TcpExtIPReversePathFilter'
UNION ALL SELECT 'corefile',
       EXISTS (SELECT 1 FROM corefile),
       'The configuration of the DNS servers',
       'kubectl -n kube-system get configmap coredns -o yaml'
UNION ALL SELECT 'sysctls',
       EXISTS (SELECT 1 FROM setting WHERE source = 'sysctl'),
       'The kernel settings of the nodes', 'sysctl -a'
UNION ALL SELECT 'neighbours',
       EXISTS (SELECT 1 FROM neighbour),
       'The neighbour and forwarding tables of the nodes',
       'ip neigh show; bridge fdb show'
UNION ALL SELECT 'tunnel-macs',
       EXISTS (SELECT 1 FROM v_vtep_mac) AND EXISTS (SELECT 1 FROM v_vtep_belief),
       'The MAC address of each tunnel device and what the others hold for it',
       'ip -d link show TUNNEL; ip neigh show dev TUNNEL; bridge fdb show dev TUNNEL (on each node)'
UNION ALL SELECT 'nodes',
       EXISTS (SELECT 1 FROM kube_object WHERE kind = 'node'),
       'The list of nodes', 'kubectl get nodes -o json'
UNION ALL SELECT 'node-annotations',
       EXISTS (SELECT 1 FROM setting WHERE source = 'node annotation'),
       'The nodes with what the network plugin noted on them',
       'kubectl get nodes -o json'
UNION ALL SELECT 'routes',
       EXISTS (SELECT 1 FROM route), 'The routes of the nodes',
       'ip route show; ip rule show'
UNION ALL SELECT 'pings',
       EXISTS (SELECT 1 FROM probe WHERE tool = 'ping')
       OR EXISTS (SELECT 1 FROM traffic WHERE protocol IN (1, 58)),
       'A ping from one node''s pod to a pod on another node',
       'kubectl exec POD -- ping -c 5 POD-ADDRESS-ON-ANOTHER-NODE';

-- Errors that DNS servers logged while nothing was captured, where what was
-- captured did not fail: an incident that came and went, or comes and goes.
CREATE VIEW v_unseen_error AS
SELECT count(*) AS errors, min(at_ns) AS first_ns, max(at_ns) AS last_ns
FROM v_log_event
WHERE event = 'error' AND error IN ('timeout', 'refused', 'unreachable',
                                    'no-route', 'not-permitted')
  AND coalesce(qtype, '') <> 'HINFO'
  AND NOT EXISTS (SELECT 1 FROM v_failed)
  AND at_ns NOT BETWEEN (SELECT min(asked_ns) - 60000000000 FROM exchange)
                    AND (SELECT max(asked_ns) + 60000000000 FROM exchange)
HAVING count(*) >= 3;

-- Nodes at either end of a failure between two, by what nobody collected there.
CREATE VIEW v_node_lacks AS
WITH crossed AS (
    SELECT client_node AS node FROM v_failed
    WHERE path = 'cross-node' AND client_node IS NOT NULL
    UNION
    SELECT server_node FROM v_failed
    WHERE path = 'cross-node' AND server_node IS NOT NULL
), lacking AS (
    SELECT 'uplink' AS lacks, node FROM crossed AS c
    WHERE NOT EXISTS (SELECT 1 FROM vantage AS v
                      WHERE v.node = c.node AND v.kind = 'uplink')
    UNION ALL
    SELECT 'counters', node FROM crossed AS c
    WHERE NOT EXISTS (SELECT 1 FROM v_counter_delta AS d
                      WHERE d.node = c.node AND d.netns = ''
                        AND d.name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors'))
), placed AS (
    SELECT lacks, node,
           row_number() OVER (PARTITION BY lacks ORDER BY node) AS place
    FROM lacking ORDER BY lacks, node
)
SELECT lacks, count(*) > 1 AS is_many, min(node) AS first,
       group_concat(CASE WHEN place <= 4 THEN node END, ', ')
       || CASE WHEN count(*) > 4 THEN ' and ' || (count(*) - 4) || ' more'
          ELSE '' END AS nodes
FROM placed GROUP BY lacks;

-- What is missing and would matter, whatever the verdict.
CREATE VIEW v_gap AS
SELECT 'No capture at '
       || iif(is_many, 'the uplinks of ' || nodes, first || '''s uplink')
           AS what,
       'cannot tell whether packets to and from '
       || iif(is_many, 'them are lost before or after their network cards',
              first || ' are lost before or after its network card') AS so,
       'tcpdump -i UPLINK -w ' || iif(is_many, 'NODE', first)
       || '_uplink.pcap udp port 4789 or udp port 8472'
       || iif(is_many, ' (on each of them at once)', '') AS collect
FROM v_node_lacks WHERE lacks = 'uplink'
UNION ALL
SELECT 'No two readings of the counters of ' || nodes,
       'cannot compare the losses seen with what '
       || iif(is_many, 'they', first) || ' counted as dropped',
       'netstat -s; sleep 60; netstat -s (on '
       || iif(is_many, 'each of them', first) || ')'
FROM v_node_lacks WHERE lacks = 'counters'
UNION ALL
SELECT 'No answers in the capture ' || w.path,
       'cannot tell whether ' || w.questions
       || ' questions seen there alone were answered'
       || CASE w.sees_by
          WHEN 'filter' THEN ': its filter (' || w.filter
                             || ') leaves the answers out'
          WHEN 'connection' THEN ': clients acknowledge what is not in it,'
                                 || ' so that its filter left the answers out'
          WHEN 'other place' THEN ': answers that passed there are not in'
                                  || ' it, its filter left them out'
          WHEN 'search' THEN ': clients go on at once as after an answer,'
                             || ' so that its filter left the answers out'
          ELSE ' or not: its filter may have left the answers out' END,
       'tcpdump -i ' || w.interface || ' -w both-ways.pcap '
       || CASE WHEN w.kind = 'uplink'
          THEN 'port 53 or udp port 4789 or udp port 8472'
          ELSE 'port 53' END
       || CASE WHEN w.node IS NULL THEN '' ELSE ' (on ' || w.node || ')' END
FROM (SELECT e.path AS path, count(DISTINCT x.id) AS questions, v.sees_by AS sees_by,
             coalesce(max(f.filter), '') AS filter, max(v.node) AS node,
             CASE WHEN count(DISTINCT v.name) > 1 THEN 'any'
                  WHEN max(v.name) REGEXP '^[A-Za-z0-9][A-Za-z0-9._@-]*$'
                  THEN max(v.name) ELSE 'INTERFACE' END AS interface,
             max(v.kind) AS kind
      FROM exchange AS x
      JOIN evidence AS e ON e.id = x.evidence_id
      JOIN sighting AS s ON s.exchange_id = x.id
                        AND s.evidence_id = x.evidence_id
      LEFT JOIN dns_exchange AS d ON s.source = 'dns'
       AND d.evidence_id = s.evidence_id AND d.number = s.number
      LEFT JOIN tcp_connection AS t ON s.source = 'tcp'
       AND t.evidence_id = s.evidence_id AND t.number = s.number
      JOIN vantage AS v ON v.evidence_id = s.evidence_id
       AND v.interface = coalesce(d.interface, t.interface)
       AND v.sees_answers IS NOT 1
      JOIN v_capture_filter AS f ON f.evidence_id = v.evidence_id
                                AND f.interface = v.interface
      WHERE x.outcome = 'unknown'
      GROUP BY e.path, v.sees_by) AS w
UNION ALL
SELECT 'No capture from ' || substr(time_text(first_ns), 1, 19) || 'Z to '
       || substr(time_text(last_ns), 1, 19) || 'Z, when DNS servers logged '
       || counted(errors, 'error'),
       'what was captured at other times says nothing of what failed then',
       'tcpdump -i any -C 100 -W 20 -w NODE_any.pcap port 53 or udp port 4789'
       || ' or udp port 8472 (on each node, until such errors are logged again)'
FROM v_unseen_error
UNION ALL
SELECT a.what, 'nothing in this bundle shows a question and its answer',
       a.collect
FROM v_available AS a
WHERE a.need = 'questions' AND a.is_there = 0;
