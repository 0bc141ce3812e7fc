-- Tunnels: what left one node for another, what arrived, and the devices.

-- TCP and UDP checksums of what came to a node through the tunnel: the outer
-- UDP header at its uplink, and the inner ones there and on the tunnel device.
CREATE VIEW v_tunnel_arrival AS
SELECT path, node, from_node, interface, place, layer, depth, state, packets,
       first_frame
FROM v_checksum_place AS c
WHERE layer IN ('tcp', 'udp') AND direction = 'in'
  AND from_node IS NOT NULL AND from_node <> node
  AND (place = 'tunnel'
       OR (place = 'uplink'
           AND (depth > 0
                OR (layer = 'udp'
                    AND EXISTS (SELECT 1 FROM v_tunnel_flow AS f
                                WHERE f.evidence_id = c.evidence_id
                                  AND f.from_node = c.from_node
                                  AND f.to_node = c.node)
                    AND state NOT IN ('ok', 'zero', 'partial')))));

-- Wrong checksums of tunnel headers where they leave. is_nat_like: another
-- source port, one of the ephemeral range, makes the stored value right.
CREATE VIEW v_tunnel_header_defect AS
SELECT v.node AS node, s.node AS from_node, r.node AS to_node,
       e.path AS path, d.frame AS frame, d.at_ns AS at_ns,
       d.stored AS stored, d.correct AS correct,
       d.source_port AS source_port, d.solved_port AS solved_port,
       d.inner_state AS inner_state,
       coalesce(d.solved_port BETWEEN 32768 AND 60999
                AND d.solved_port <> d.source_port, 0) AS is_nat_like
FROM checksum_defect AS d
-- CROSS JOIN keeps the order: by node, owners would be paired with owners
CROSS JOIN evidence AS e ON e.id = d.evidence_id
CROSS JOIN vantage AS v ON v.evidence_id = d.evidence_id
                       AND v.interface = d.interface AND v.kind = 'uplink'
CROSS JOIN v_owner AS s ON s.address = d.source AND s.node = v.node
CROSS JOIN v_owner AS r ON r.address = d.destination
WHERE d.layer = 'udp' AND d.tunnel <> '' AND d.depth = 0;

-- The UDP ports of the overlay, the one that most packets went to first; where
-- nothing was captured, those of the nodes' devices.
CREATE VIEW v_overlay_port AS
SELECT destination_port AS port, 0 AS is_configured, sum(packets) AS n
FROM traffic
WHERE depth = 0 AND protocol = 17 AND destination_port IS NOT NULL
  AND (tunnel LIKE 'vxlan%' OR tunnel = 'geneve')
GROUP BY destination_port
UNION ALL
SELECT CAST(value AS INTEGER), 1, count(*) FROM setting
WHERE source = 'ip link' AND name LIKE '%.dstport'
  AND CAST(value AS INTEGER) BETWEEN 1 AND 65535
GROUP BY value
ORDER BY is_configured, n DESC, port;

-- UDP ports that tunnels of this bundle use.
CREATE VIEW v_tunnel_port AS
SELECT 4789 AS port UNION SELECT 8472 UNION SELECT 6081
UNION SELECT port FROM v_overlay_port;

-- Tunnel devices of hosts.
CREATE VIEW v_tunnel_link AS
SELECT node, interface FROM v_link_kind WHERE kind = 'tunnel'
UNION SELECT node, name FROM vantage
WHERE kind = 'tunnel' AND node IS NOT NULL AND name IS NOT NULL;

-- Tunnel packets between two nodes as each end's uplink saw them.
CREATE VIEW v_tunnel_flow AS
SELECT v.node AS node, s.node AS from_node, d.node AS to_node,
       t.tunnel AS tunnel, t.packets AS packets, t.bytes_max AS bytes_max,
       t.first_ns AS first_ns, t.last_ns AS last_ns,
       e.first_ns AS capture_first_ns, e.last_ns AS capture_last_ns,
       e.path AS path, t.first_frame AS first_frame,
       t.evidence_id AS evidence_id, t.interface AS interface
FROM traffic AS t
CROSS JOIN evidence AS e ON e.id = t.evidence_id
CROSS JOIN vantage AS v ON v.evidence_id = t.evidence_id
                       AND v.interface = t.interface AND v.kind = 'uplink'
CROSS JOIN v_owner AS s ON s.address = t.source
CROSS JOIN v_owner AS d ON d.address = t.destination
WHERE t.tunnel <> '' AND t.depth = 0 AND s.node IS NOT NULL
  AND d.node IS NOT NULL AND s.node <> d.node;

-- Captures at uplinks that would have taken a tunnel's packets: they hold
-- some, if only their node's own, or their filter names the tunnel. Any other
-- may have had a filter that leaves them out, which no file but pcapng keeps.
CREATE VIEW v_tunnel_watch AS
SELECT v.node AS node, v.evidence_id AS evidence_id, v.interface AS interface,
       e.path AS path, t.tunnel AS tunnel, e.first_ns AS first_ns,
       e.last_ns AS last_ns
FROM vantage AS v
JOIN evidence AS e ON e.id = v.evidence_id
JOIN (SELECT evidence_id, interface, tunnel FROM traffic
      WHERE tunnel <> '' AND depth = 0
      UNION
      SELECT c.evidence_id, c.number, k.tunnel
      FROM capture_interface AS c
      JOIN (SELECT 'vxlan' AS tunnel, '\b(4789|8472)\b' AS words
            UNION ALL SELECT 'geneve', '\b6081\b'
            UNION ALL SELECT 'ipip', '\b(proto 4|ipip)\b'
            UNION ALL SELECT 'gre', '\b(proto 47|gre)\b') AS k
        ON c.filter REGEXP k.words
      WHERE c.filter NOT REGEXP '(?i)\bnot\b|!') AS t
  ON t.evidence_id = v.evidence_id AND t.interface = v.interface
WHERE v.kind = 'uplink'
  AND NOT EXISTS (SELECT 1 FROM v_capture_filter AS f
                  WHERE f.evidence_id = v.evidence_id
                    AND f.interface = v.interface AND f.is_one_way = 1);

-- How many tunnel packets left a node for another and how many arrived, of
-- those sent while the captures at both uplinks were running. The captures
-- overlap by time of packets; a minute of slack is not needed, as both are
-- compared over the same stretch.
CREATE VIEW v_tunnel_delivery AS
SELECT sent.from_node AS from_node, sent.to_node AS to_node,
       sent.packets AS sent,
       coalesce((SELECT min(max(a.packets), sent.packets) FROM
            (SELECT sum(f.packets) AS packets FROM v_tunnel_flow AS f
             WHERE f.node = f.to_node AND f.from_node = sent.from_node
               AND f.to_node = sent.to_node
               AND f.capture_last_ns >= sent.first_ns
               AND f.capture_first_ns <= sent.last_ns
             GROUP BY f.evidence_id, f.interface) AS a), 0) AS arrived,
       ref(sent.path, sent.first_frame, NULL) AS ref
FROM (SELECT f.*, row_number() OVER (
          PARTITION BY f.from_node, f.to_node
          ORDER BY f.packets DESC, f.path) AS best
      FROM v_tunnel_flow AS f
      WHERE f.node = f.from_node) AS sent
WHERE sent.best = 1
  AND EXISTS (SELECT 1 FROM v_tunnel_watch AS w
              WHERE w.node = sent.to_node AND w.tunnel = sent.tunnel
                AND w.first_ns <= sent.last_ns AND w.last_ns >= sent.first_ns);

-- MAC addresses of the nodes' own VXLAN devices. `ip link` without -d does
-- not say what a device is: the names are those that the plugins give.
CREATE VIEW v_vtep_mac AS
SELECT DISTINCT e.node AS node, s.interface AS interface,
       lower(s.value) AS mac, min(ref(e.path, NULL, s.line)) AS ref
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
WHERE s.name = 'mac' AND e.node IS NOT NULL AND coalesce(e.netns, '') = ''
  AND (s.interface REGEXP '^(flannel\.[0-9]+|vxlan(-v6)?\.calico|cilium_vxlan)$'
       OR EXISTS (SELECT 1 FROM setting AS k
                  WHERE k.name = 'kind' AND k.interface = s.interface
                    AND k.evidence_id = s.evidence_id AND k.value = 'vxlan'))
GROUP BY e.node, s.interface, lower(s.value);

-- What others hold for the MAC address of a node's VXLAN device.
CREATE VIEW v_vtep_belief AS
SELECT e.node AS at_node, w.node AS about_node, n.interface AS interface,
       n.source AS source, lower(n.mac) AS mac,
       ref(e.path, NULL, n.line) AS ref
FROM neighbour AS n
JOIN evidence AS e ON e.id = n.evidence_id
JOIN v_owner AS w ON w.address = n.address
WHERE n.mac IS NOT NULL AND n.mac <> '00:00:00:00:00:00'
  AND e.node IS NOT NULL AND w.node IS NOT NULL AND w.node <> e.node
  AND n.interface IN (SELECT interface FROM v_vtep_mac)
UNION ALL
SELECT 'the cluster', substr(s.name, 1, instr(s.name, '/') - 1), NULL,
       'annotation', lower(s.value), ref(e.path, NULL, s.line)
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
WHERE s.source = 'node annotation'
  AND (s.name LIKE '%VtepMAC' OR s.name LIKE '%VXLANTunnelMACAddr');

-- Tunnel packets by kind of tunnel from node to node, sent and arrived, of
-- those sent while the receiving uplink was captured (see v_tunnel_delivery).
CREATE VIEW v_tunnel_kind_delivery AS
SELECT s.from_node AS from_node, s.to_node AS to_node, s.tunnel AS tunnel,
       max(s.packets) AS sent,
       coalesce((SELECT max(a.packets) FROM v_tunnel_flow AS a
                 WHERE a.node = a.to_node AND a.from_node = s.from_node
                   AND a.to_node = s.to_node AND a.tunnel = s.tunnel), 0)
           AS arrived,
       min(ref(s.path, s.first_frame, NULL)) AS ref
FROM v_tunnel_flow AS s
WHERE s.node = s.from_node
  AND EXISTS (SELECT 1 FROM v_tunnel_watch AS w
              WHERE w.node = s.to_node AND w.tunnel = s.tunnel
                AND w.first_ns <= s.last_ns AND w.last_ns >= s.first_ns)
GROUP BY s.from_node, s.to_node, s.tunnel;

-- Packets between pods of two nodes as the uplinks saw them: inside a tunnel
-- (depth > 0) or bare (depth 0), by protocol, and at which end.
CREATE VIEW v_pod_flow AS
SELECT v.node AS node, s.node AS from_node, d.node AS to_node,
       t.depth AS depth, t.protocol AS protocol, t.source AS source,
       t.destination AS destination, sum(t.packets) AS packets,
       min(t.first_ns) AS first_ns, max(t.last_ns) AS last_ns,
       t.evidence_id AS evidence_id,
       min(ref(e.path, t.first_frame, NULL)) AS ref
FROM traffic AS t
JOIN evidence AS e ON e.id = t.evidence_id
JOIN vantage AS v ON v.evidence_id = t.evidence_id
                 AND v.interface = t.interface AND v.kind = 'uplink'
JOIN v_owner AS s ON s.address = t.source
JOIN v_owner AS d ON d.address = t.destination
WHERE t.tunnel = '' AND s.node IS NOT NULL AND d.node IS NOT NULL
  AND s.node <> d.node
  AND ((t.depth > 0 AND (s.kind IN ('pod', 'tunnel')
                         OR d.kind IN ('pod', 'tunnel')))
       OR (t.depth = 0 AND s.kind = 'pod' AND d.kind = 'pod'))
GROUP BY v.node, s.node, d.node, t.depth, t.protocol, t.source, t.destination,
         t.evidence_id;
