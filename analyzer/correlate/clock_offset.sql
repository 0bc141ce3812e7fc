-- The smallest delays both ways between each two nodes that saw the same
-- questions: pair(a, b, d1, d2, packets), a being where it was asked.
DELETE FROM clock_offset;

-- The first sighting of each question at each node. Identities that one place
-- saw more than once are left out: which is which would be a guess. Of a
-- million questions some 100,000 will do, the same at every place.
CREATE TEMP TABLE seen AS
SELECT identity, node, min(asked_ns) AS asked_ns,
       max(answered_ns) AS answered_ns, max(attempts) AS attempts
FROM (SELECT d.identity, v.node, min(d.asked_ns) AS asked_ns,
             max(d.answered_ns) AS answered_ns, sum(d.attempts) AS attempts
      FROM dns_exchange AS d
      JOIN vantage AS v ON v.evidence_id = d.evidence_id
                       AND v.interface = d.interface
      WHERE v.node IS NOT NULL
        -- pasted captures without a date are each on days of their own
        AND d.asked_ns >= 0
        AND d.server_port IN (SELECT port FROM dns_port)
        AND (SELECT count(DISTINCT node) FROM vantage) > 1
        AND d.identity % (SELECT max(1, count(*) / 100000)
                          FROM dns_exchange) = 0
      GROUP BY d.identity, v.node, d.evidence_id, d.interface, d.depth,
               d.server)
GROUP BY identity, node;

CREATE TEMP TABLE pair AS
SELECT a.node AS a, b.node AS b,
       min(b.asked_ns - a.asked_ns) AS d1,
       min(a.answered_ns - b.answered_ns) AS d2,
       count(*) AS packets
FROM seen AS a
JOIN seen AS b ON b.identity = a.identity AND b.node > a.node
WHERE a.attempts = 1 AND b.attempts = 1
  AND a.answered_ns IS NOT NULL AND b.answered_ns IS NOT NULL
  -- whoever waited longer for the answer is the one that asked
  AND a.answered_ns - a.asked_ns >= b.answered_ns - b.asked_ns
GROUP BY a.node, b.node
UNION ALL
SELECT a.node, b.node, min(b.asked_ns - a.asked_ns),
       min(a.answered_ns - b.answered_ns), count(*)
FROM seen AS a
JOIN seen AS b ON b.identity = a.identity AND b.node < a.node
WHERE a.attempts = 1 AND b.attempts = 1
  AND a.answered_ns IS NOT NULL AND b.answered_ns IS NOT NULL
  AND a.answered_ns - a.asked_ns >= b.answered_ns - b.asked_ns
GROUP BY a.node, b.node;

DROP TABLE seen;
