-- Texts: counters, logs, settings, rules, and how they changed.

CREATE VIEW v_counter AS
SELECT e.node AS node, e.netns AS netns, c.source AS source,
       c.interface AS interface, c.name AS name, e.taken_ns AS at_ns,
       c.value AS value, ref(e.path, NULL, c.line) AS ref
FROM counter AS c JOIN evidence AS e ON e.id = c.evidence_id;

-- Growth between readings that follow each other on one namespace. A counter
-- that went back was reset: no delta.
CREATE VIEW v_counter_delta AS
SELECT node, netns, source, interface, name, from_ns, at_ns, "from", "to",
       "to" - "from" AS delta, from_ref, to_ref
FROM (SELECT e.node AS node, e.netns AS netns, c.source AS source,
             c.interface AS interface, c.name AS name,
             lag(e.taken_ns) OVER w AS from_ns, e.taken_ns AS at_ns,
             lag(c.value) OVER w AS "from", c.value AS "to",
             lag(ref(e.path, NULL, c.line)) OVER w AS from_ref,
             ref(e.path, NULL, c.line) AS to_ref
      FROM counter AS c JOIN evidence AS e ON e.id = c.evidence_id
      WHERE e.taken_ns IS NOT NULL AND e.node IS NOT NULL
      WINDOW w AS (PARTITION BY e.node, e.netns, c.source, c.interface, c.name
                   ORDER BY e.taken_ns, e.id))
WHERE "from" IS NOT NULL AND "to" >= "from";

-- A log of many pods is of no node: each line is of its pod's.
CREATE VIEW v_log_event AS
SELECT e.path AS path, l.line AS line,
       coalesce(l.node, e.node,
                (SELECT max(o.node) FROM kube_object AS o
                 WHERE o.kind = 'pod' AND o.name = l.pod)) AS node,
       coalesce(l.pod, (SELECT max(c.value) FROM clue AS c
                        WHERE c.evidence_id = e.id AND c.name = 'pod')) AS pod,
       l.at_ns AS at_ns, l.earliest_ns AS earliest_ns,
       l.latest_ns AS latest_ns, l.time_is AS time_is,
       l.severity AS severity, l.source AS source, l.event AS event,
       l.qname AS qname, l.qtype AS qtype,
       address_text(l.upstream) AS upstream, l.upstream_port AS upstream_port,
       l.operation AS operation, l.transport AS transport, l.error AS error,
       l.rcode AS rcode, l.duration_ns AS duration_ns, l.message AS message,
       ref(e.path, NULL, l.line) AS ref, l.upstream AS upstream_address
FROM log_event AS l JOIN evidence AS e ON e.id = l.evidence_id;

CREATE VIEW v_setting AS
SELECT e.node AS node, e.netns AS netns, s.interface AS interface,
       s.source AS source, s.name AS name, s.value AS value,
       s.is_fixed AS fixed, e.taken_ns AS at_ns,
       ref(e.path, NULL, s.line) AS ref
FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id;

-- Settings that matter and differ between readings that follow each other.
-- tx-checksumming is the summary of the others: it speaks only where they are
-- not given.
CREATE VIEW v_change AS
SELECT from_ns AS earliest_ns, at_ns AS latest_ns,
       source || ' ' || CASE WHEN interface <> '' THEN interface || ' '
                             ELSE '' END
       || name || ': ' || "from" || ' -> ' || "to" AS what,
       from_ref AS before_ref, to_ref AS after_ref, node, source, interface,
       name, "from", "to"
FROM (SELECT e.node AS node, s.source AS source, s.interface AS interface,
             s.name AS name, lag(e.taken_ns) OVER w AS from_ns,
             e.taken_ns AS at_ns, lag(s.value) OVER w AS "from",
             s.value AS "to", lag(ref(e.path, NULL, s.line)) OVER w AS from_ref,
             ref(e.path, NULL, s.line) AS to_ref
      FROM setting AS s JOIN evidence AS e ON e.id = s.evidence_id
      WHERE e.taken_ns IS NOT NULL AND e.node IS NOT NULL AND e.netns = ''
        AND ((s.source = 'ethtool -k'
              AND (s.name IN ('tx-checksum-ip-generic', 'tx-checksum-ipv4')
                   OR (s.name = 'tx-checksumming'
                       AND NOT EXISTS (
                           SELECT 1 FROM setting AS g
                           WHERE g.evidence_id = s.evidence_id
                             AND g.interface = s.interface
                             AND g.name = 'tx-checksum-ip-generic'))))
          OR (s.source = 'ip link'
              AND s.name IN ('mtu', 'vxlan.udpcsum', 'vxlan.dstport',
                             'vxlan.id', 'vxlan.local'))
          OR (s.source = 'sysctl'
              AND (s.name LIKE '%.rp_filter'
                   OR s.name = 'net.ipv4.ip_forward')))
      WINDOW w AS (PARTITION BY e.node, s.source, s.interface, s.name
                   ORDER BY e.taken_ns, e.id))
WHERE "from" IS NOT NULL AND "from" <> "to";

-- Rules and policies that drop, and how their counters grew between readings
-- of one node. A rule is known by what it says: its place may change.
CREATE VIEW v_drop_growth AS
SELECT node, table_name, chain, is_policy, target, protocol, source,
       destination, in_interface, destination_port, ctstate,
       max(packets) - min(packets) AS growth, max(packets) AS packets,
       count(*) AS readings, max(ref) AS ref, max(rule) AS rule
FROM (SELECT e.node AS node, r.table_name AS table_name, r.chain AS chain,
             r.position = 0 AS is_policy, r.target AS target,
             r.protocol AS protocol, r.source AS source,
             r.destination AS destination, r.in_interface AS in_interface,
             r.out_interface AS out_interface,
             r.destination_port AS destination_port, r.ctstate AS ctstate,
             r.mark AS mark, r.backend AS backend, r.comment AS comment,
             sum(r.packets) AS packets, max(ref(e.path, NULL, r.line)) AS ref,
             max(r.rule) AS rule
      FROM firewall_rule AS r JOIN evidence AS e ON e.id = r.evidence_id
      WHERE r.packets IS NOT NULL AND r.target IN ('DROP', 'REJECT')
        AND r.table_name IN ('', 'filter', 'raw', 'mangle')
      GROUP BY e.id, r.table_name, r.chain, is_policy, r.target, r.protocol,
               r.source, r.destination, r.in_interface, r.out_interface,
               r.destination_port, r.ctstate, r.mark, r.backend, r.comment)
GROUP BY node, table_name, chain, is_policy, target, protocol, source,
         destination, in_interface, out_interface, destination_port, ctstate,
         mark, backend, comment;
