-- What the verdict rests on (see diagnose/verdict.h).

CREATE VIEW v_wellbeing AS
SELECT (SELECT count(*) FROM v_answered) AS answered,
       (SELECT count(*) FROM v_failed) AS failed,
       (SELECT count(*) FROM v_log_event
        WHERE event = 'query'
          AND rcode IN ('NOERROR', 'NXDOMAIN')) AS logged_answers;

-- One row for each kind of failure beyond noise: three, and one in a hundred
-- of what was asked on that leg - or on one path between nodes, which may be
-- broken while many others work. Of many questions fewer will do: thirty are
-- no chance even at one in five hundred, and of packets that arrived damaged
-- one in a thousand is more than any sound network has.
CREATE VIEW v_symptom AS
SELECT leg || ' ' || coalesce(failure, outcome) AS symptom,
       CASE leg WHEN 'client-to-cache' THEN 'questions to the node-local cache'
                WHEN 'cache-to-dns' THEN 'questions of the cache to cluster DNS'
                WHEN 'client-to-dns' THEN 'questions of clients to cluster DNS'
                WHEN 'dns-to-upstream' THEN 'questions to upstream resolvers'
                ELSE 'other DNS questions' END
       || ' failed: ' || coalesce(failure, outcome) AS title,
       count(*) AS failed, min(ref) AS ref
FROM v_failed
GROUP BY leg, failure, outcome
HAVING count(*) >= 3
   AND (count(*) * CASE WHEN failure LIKE '%-damaged' THEN 1000
                        WHEN count(*) >= 30 THEN 500
                        ELSE 100 END
          >= (SELECT count(*) FROM exchange AS a WHERE a.leg = v_failed.leg)
        OR EXISTS (SELECT 1 FROM v_pair AS p
                   WHERE p.failed >= 3 AND p.failed * 10 >= p.asked))
UNION ALL
SELECT 'log ' || coalesce(error, event),
       source || ' logged errors: ' || coalesce(error, event), count(*),
       min(ref)
FROM v_log_event AS l
WHERE event = 'error' AND error IN ('timeout', 'refused', 'unreachable',
                                    'no-route', 'not-permitted')
  AND coalesce(qtype, '') <> 'HINFO'
  -- with captures these speak, but where they show no failure at all while
  -- the servers logged some, they stood at the wrong places; lines without a
  -- time are from then if nothing says otherwise, on nodes without a capture
  AND NOT EXISTS (SELECT 1 FROM v_failed)
  AND (NOT EXISTS (SELECT 1 FROM exchange)
       OR at_ns BETWEEN (SELECT min(asked_ns) - 60000000000 FROM exchange)
                    AND (SELECT max(asked_ns) + 60000000000 FROM exchange)
       OR (at_ns IS NULL
           AND NOT EXISTS (SELECT 1 FROM vantage AS v WHERE v.node = l.node)
           AND NOT coalesce(latest_ns < (SELECT min(asked_ns) - 60000000000
                                         FROM exchange), 0)
           AND NOT coalesce(earliest_ns > (SELECT max(asked_ns) + 60000000000
                                           FROM exchange), 0)))
GROUP BY source, error, event
HAVING count(*) >= 3
UNION ALL SELECT symptom, title, failed, ref FROM v_text_symptom;

-- Complaints in texts, where no capture shows the questions themselves: lines
-- that name a loss, each one enough or three of a kind, and probes that
-- somebody ran by hand.
CREATE VIEW v_text_symptom AS
SELECT 'log ' || event AS symptom, source || ' logged: ' || event AS title,
       count(*) AS failed, min(ref) AS ref
FROM v_log_event
WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE outcome <> 'unknown')
  AND event IN ('loop-detected', 'bind-failed', 'interface-error',
                'conntrack-full', 'neighbour-overflow', 'ebpf-map-full')
GROUP BY source, event
UNION ALL
SELECT 'log ' || coalesce(error, event),
       source || ' logged: ' || coalesce(error, event), count(*), min(ref)
FROM v_log_event
WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE outcome <> 'unknown')
  AND coalesce(qtype, '') <> 'HINFO'
  AND (event IN ('lookup-failed', 'policy-denied', 'udp-bad-checksum',
                 'certificate-time')
       OR (event = 'error'
           AND error IN ('overflow', 'max-concurrent', 'no-healthy-proxies',
                         'host-down', 'deadline-exceeded'))
       OR (event = 'query' AND error = 'no-answer')
       OR (event = 'firewall-reject'
           AND message REGEXP ' DPT=(53|4789|8472|6081)\b'))
GROUP BY source, coalesce(error, event)
HAVING count(*) >= 3
UNION ALL
SELECT 'probe ' || p.result, p.tool || ' ended with: ' || p.result, count(*),
       min(ref(e.path, NULL, p.line))
FROM probe AS p JOIN evidence AS e ON e.id = p.evidence_id
WHERE NOT EXISTS (SELECT 1 FROM exchange WHERE outcome <> 'unknown')
  AND p.result IN ('timeout', 'refused', 'unreachable', 'SERVFAIL', 'REFUSED',
                   'loss', 'too-big')
GROUP BY p.tool, p.result;

CREATE VIEW v_scope AS
SELECT DISTINCT client_node, server_node, transport, client_kind AS client
FROM v_failed WHERE leg <> 'client-to-cache';

-- The failures' time, and when they stopped for good: the start of the first
-- phase after the last failing one in which the same pairs are answered.
CREATE VIEW v_window AS
SELECT f.start_ns AS start_ns, f.end_ns AS end_ns,
       (SELECT min(p.start_ns) FROM phase AS p
        WHERE p.number > f.last_phase
          AND EXISTS (SELECT 1 FROM v_answered AS a
                      WHERE a.phase = p.number AND a.path = 'cross-node')
          AND NOT EXISTS (SELECT 1 FROM v_failed AS n
                          WHERE n.phase >= p.number)) AS fixed_ns
FROM (SELECT min(asked_ns) AS start_ns, max(last_asked_ns) AS end_ns,
             max(phase) AS last_phase
      FROM v_failed) AS f;
