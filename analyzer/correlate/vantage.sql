-- Where each capture interface is.
DELETE FROM vantage;

CREATE TEMP TABLE named AS
SELECT i.evidence_id, i.number, e.node, e.netns,
       coalesce(i.name,
           (SELECT s.interface FROM setting AS s
            JOIN evidence AS l ON l.id = s.evidence_id
            WHERE i.link_type = 276 -- Linux cooked v2: number is the ifindex
              AND s.source = 'ip link' AND s.name = 'ifindex'
              AND s.value = i.number AND l.node = e.node AND l.netns = ''
            LIMIT 1),
           CASE WHEN i.link_type <> 276 THEN e.interface END) AS name,
       CASE WHEN i.name IS NOT NULL THEN 'capture'
            WHEN i.link_type = 276 THEN 'link'
            WHEN e.interface IS NOT NULL THEN 'name'
            ELSE '' END AS is_known_by
FROM capture_interface AS i
JOIN evidence AS e ON e.id = i.evidence_id;

INSERT INTO vantage (evidence_id, interface, node, netns, name, kind, pod,
                     is_known_by)
SELECT n.evidence_id, n.number, n.node, n.netns, n.name,
       CASE
       WHEN n.name = 'lo' THEN 'loopback'
       WHEN n.netns <> '' THEN 'pod'
       WHEN k.kind IS NOT NULL AND k.kind <> 'uplink' THEN k.kind
       -- these have addresses of the host as well
       WHEN n.name GLOB 'vxlan*' OR n.name GLOB 'flannel*'
         OR n.name GLOB 'genev*' OR n.name GLOB 'tunl*'
         OR n.name GLOB '*_vxlan' OR n.name GLOB 'wireguard*' THEN 'tunnel'
       WHEN n.name GLOB 'cni*' OR n.name GLOB 'docker*' OR n.name GLOB 'cbr*'
         OR n.name GLOB 'kube-bridge*' THEN 'bridge'
       -- the host's end of a pod's interface may have the gateway's address
       -- (ptp plugin, kindnet), or a link-local one
       WHEN EXISTS (SELECT 1 FROM route AS t
                    JOIN evidence AS e ON e.id = t.evidence_id
                    JOIN owner AS w ON w.address = t.destination
                                   AND w.kind = 'pod'
                    WHERE e.node = n.node AND e.netns = ''
                      AND t.interface = n.name AND t.gateway IS NULL
                      AND t.prefix_length IN (32, 128)) THEN 'veth'
       WHEN EXISTS (SELECT 1 FROM interface_address AS a
                    JOIN evidence AS e ON e.id = a.evidence_id
                    JOIN owner AS w ON w.address = a.address
                                   AND w.kind = 'node'
                                   AND w.node IS NOT NULL
                    WHERE e.node = n.node AND e.netns = ''
                      AND a.interface = n.name) THEN 'uplink'
       WHEN EXISTS (SELECT 1 FROM traffic AS t
                    WHERE t.evidence_id = n.evidence_id
                      AND t.interface = n.number AND t.tunnel <> ''
                      AND t.depth = 0) THEN 'uplink'
       WHEN n.name GLOB 'cali*' OR n.name GLOB 'veth*' OR n.name GLOB 'lxc*'
         OR n.name GLOB 'azv*' OR n.name GLOB 'gke*'
         OR n.name GLOB 'eni[0-9a-f][0-9a-f][0-9a-f][0-9a-f]*'
         -- OVN-Kubernetes: the first 15 digits of the sandbox's id
         OR length(n.name) = 15 AND n.name NOT GLOB '*[^0-9a-f]*' THEN 'veth'
       WHEN n.name GLOB 'br*' THEN 'bridge'
       WHEN n.name GLOB 'e[nt]*' OR n.name GLOB 'bond*' OR n.name GLOB 'em[0-9]*'
         OR n.name GLOB 'wl*' THEN 'uplink'
       ELSE 'other' END,
       CASE WHEN n.netns <> '' THEN n.netns END,
       n.is_known_by
FROM named AS n
LEFT JOIN v_link_kind AS k ON k.node = n.node AND k.interface = n.name;

DROP TABLE named;

-- Host-side ends of pod interfaces: the pod that a host route names.
UPDATE vantage SET pod = p.owner
FROM (SELECT e.node, t.interface, w.owner
      FROM route AS t
      JOIN evidence AS e ON e.id = t.evidence_id AND e.netns = ''
      JOIN v_owner AS w ON w.address = t.destination AND w.kind = 'pod'
      WHERE t.prefix_length IN (32, 128) AND t.gateway IS NULL) AS p
WHERE vantage.kind = 'veth' AND vantage.node = p.node
  AND vantage.name = p.interface;

-- The one pod that is an end of every packet of a capture, or of 99 in 100.
CREATE TEMP TABLE sole_pod AS
SELECT p.evidence_id, p.interface, w.owner, w.node
FROM (SELECT evidence_id, interface, source AS address, sum(packets) AS packets
      FROM traffic WHERE depth = 0
      GROUP BY evidence_id, interface, source
      UNION ALL
      SELECT evidence_id, interface, destination, sum(packets)
      FROM traffic WHERE depth = 0 AND destination <> source
      GROUP BY evidence_id, interface, destination) AS p
CROSS JOIN v_owner AS w ON w.address = p.address AND w.kind = 'pod'
GROUP BY p.evidence_id, p.interface, w.owner
HAVING sum(p.packets) * 100 >= 99 *
       (SELECT sum(a.packets) FROM traffic AS a
        WHERE a.evidence_id = p.evidence_id
          AND a.interface = p.interface AND a.depth = 0);

UPDATE vantage SET pod = p.owner
FROM sole_pod AS p
WHERE vantage.kind = 'veth' AND vantage.pod IS NULL
  AND vantage.evidence_id = p.evidence_id
  AND vantage.interface = p.interface
  AND (p.node IS NULL OR vantage.node IS NULL OR p.node = vantage.node);

-- A capture of no known host whose every packet is one pod's: beside the pod,
-- or within it, where the interface is called eth0 as a host's is.
UPDATE vantage SET kind = 'veth', pod = p.owner,
       node = coalesce(vantage.node, p.node)
FROM sole_pod AS p
WHERE vantage.pod IS NULL
  AND (vantage.kind = 'other'
       OR vantage.kind = 'uplink' AND vantage.node IS NULL)
  AND vantage.evidence_id = p.evidence_id
  AND vantage.interface = p.interface;

DROP TABLE sole_pod;

CREATE INDEX IF NOT EXISTS vantage_place ON vantage(evidence_id, interface);
CREATE INDEX IF NOT EXISTS owner_address ON owner(address, rank);
