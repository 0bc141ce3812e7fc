-- Exchanges: questions put together, and who reaches whom.

CREATE VIEW v_exchange AS
SELECT x.*, address_text(x.client) AS client_text,
       address_text(x.server) AS server_text,
       ref(e.path, x.frame, NULL) AS ref
FROM exchange AS x JOIN evidence AS e ON e.id = x.evidence_id;

CREATE VIEW v_reachability AS
SELECT leg, client_node, client, server_node, path, via, transport, phase,
       asked, answered, failed, late, retried, p50_ms, p99_ms
FROM reachability;

-- Failures that count: the resolvers' own probes (HINFO of the loop plugin,
-- `. NS` of health checks) are effects, never the complaint.
CREATE VIEW v_failed AS
SELECT * FROM v_exchange
WHERE outcome IN ('failed', 'late')
  AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS');

CREATE VIEW v_answered AS
SELECT * FROM v_exchange
WHERE outcome = 'answered'
  AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS');

-- From node to node, the questions of the legs that leave a process (not
-- those to the cache on the same node).
CREATE VIEW v_pair AS
SELECT client_node, server_node, path, phase, count(*) AS asked,
       sum(outcome = 'answered') AS answered,
       sum(outcome IN ('failed', 'late')) AS failed
FROM exchange
WHERE leg IN ('client-to-dns', 'cache-to-dns') AND outcome <> 'unknown'
  AND NOT (qtype IS 'HINFO') AND NOT (qname IS '.' AND qtype IS 'NS')
  AND client_node IS NOT NULL AND server_node IS NOT NULL
GROUP BY client_node, server_node, path, phase;

-- Each DNS endpoint: what was asked of it and what became of it.
CREATE VIEW v_endpoint_count AS
SELECT address_text(x.server) AS server, max(x.server_node) AS server_node,
       count(*) AS asked, sum(x.outcome = 'answered') AS answered,
       sum(x.failure IS 'refused') AS refused,
       sum(x.server_sent_answer IS 1) AS sent_answers,
       count(DISTINCT x.client_node) AS clients,
       min(CASE WHEN x.server_sent_answer = 1
                THEN ref(e.path, x.frame, NULL) END) AS answer_ref
FROM exchange AS x
CROSS JOIN evidence AS e ON e.id = x.evidence_id
CROSS JOIN v_owner AS w ON w.address = x.server AND (w.kind = 'pod' OR w.is_dns)
                 AND w.kind <> 'service'
WHERE x.leg IN ('client-to-dns', 'cache-to-dns') AND x.outcome <> 'unknown'
GROUP BY x.server;

CREATE VIEW v_upstream_count AS
SELECT address_text(x.server) AS server, count(*) AS asked,
       sum(x.outcome = 'answered') AS answered,
       sum(x.outcome IN ('failed', 'late')) AS failed
FROM exchange AS x
WHERE x.leg = 'dns-to-upstream' AND x.outcome <> 'unknown'
GROUP BY x.server;

-- Addresses that the DNS service sends to and where no ready pod is.
CREATE VIEW v_endpoint_without_pod AS
WITH endpoint(address, ref) AS (
    SELECT r.to_address, min(ref(e.path, NULL, r.line))
    FROM firewall_rule AS r JOIN evidence AS e ON e.id = r.evidence_id
    WHERE r.target = 'DNAT' AND r.to_port IN (SELECT port FROM dns_port)
      AND r.to_address IS NOT NULL
    GROUP BY r.to_address
    UNION ALL
    SELECT o.address, min(ref(e.path, NULL, o.line))
    FROM v_dns_endpoint AS o JOIN evidence AS e ON e.id = o.evidence_id
    WHERE coalesce(o.is_ready, 1) = 1
    GROUP BY o.address
)
SELECT address_text(p.address) AS endpoint, p.ref AS ref,
       coalesce((SELECT 'pod ' || o.name || ' is ' || coalesce(o.phase, '?')
                        || CASE WHEN o.is_ready = 0 THEN ', not ready'
                                ELSE '' END
                 FROM kube_object AS o
                 WHERE o.kind = 'pod' AND o.address = p.address
                 ORDER BY o.is_ready, o.phase LIMIT 1),
                'no pod has this address') AS state,
       (SELECT w.node FROM v_owner AS w WHERE w.address = p.address) AS node
FROM endpoint AS p
WHERE NOT EXISTS (SELECT 1 FROM kube_object AS o
                  WHERE o.kind = 'pod' AND o.address = p.address
                    AND coalesce(o.is_ready, 1) = 1
                    AND coalesce(o.phase, 'Running') = 'Running')
  -- a list of other namespaces' pods says nothing of who is not in it
  AND EXISTS (SELECT 1 FROM kube_object AS o
              WHERE o.kind = 'pod'
                AND (o.address = p.address OR o.namespace = 'kube-system'
                     OR o.namespace IN (SELECT w.namespace FROM owner AS w
                                        WHERE w.is_dns = 1
                                          AND w.namespace <> '')))
  -- a host-network server has its node's address
  AND NOT EXISTS (SELECT 1 FROM kube_object AS o
                  WHERE o.kind = 'node' AND o.address = p.address);
