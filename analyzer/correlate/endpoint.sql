-- Where nothing names the hosts: which tunnel endpoint each capture stands
-- at. local_endpoint(evidence_id, address), one row for a capture at most.
DROP TABLE IF EXISTS temp.learned_node;
CREATE TEMP TABLE learned_node (address BLOB, node TEXT, evidence_id INTEGER);

CREATE TEMP TABLE endpoint AS
SELECT a.address,
       EXISTS (SELECT 1 FROM kube_object AS o
               WHERE o.kind = 'node' AND o.address = a.address)
       OR EXISTS (SELECT 1 FROM interface_address AS i
                  WHERE i.address = a.address) AS is_known
FROM (SELECT source AS address FROM traffic
      WHERE depth = 0 AND tunnel <> '' AND source IS NOT NULL
      UNION SELECT destination FROM traffic
      WHERE depth = 0 AND tunnel <> '' AND destination IS NOT NULL) AS a;

-- An end of every tunnel packet of the capture; of two hosts both are.
CREATE TEMP TABLE end_of_all AS
SELECT t.evidence_id, p.address,
       -- the end that sends what goes out and gets what comes in
       sum(CASE WHEN t.direction = 'out' AND t.source = p.address
                  OR t.direction = 'in' AND t.destination = p.address
                THEN t.packets ELSE 0 END) AS local_packets
FROM traffic AS t
JOIN endpoint AS p ON p.address IN (t.source, t.destination)
WHERE t.depth = 0 AND t.tunnel <> ''
GROUP BY t.evidence_id, p.address
HAVING sum(t.packets) * 100 >= 99 *
       (SELECT sum(a.packets) FROM traffic AS a
        WHERE a.evidence_id = t.evidence_id AND a.depth = 0
          AND a.tunnel <> '');

-- Whoever waits longer for an answer is nearer to where it was asked: needs
-- no clocks that agree. Asked only where both ends of a tunnel would do, of
-- 50,000 questions or so: the same at every place, as it goes by identity.
CREATE TEMP TABLE wait AS
SELECT identity, evidence_id, query_outer_source AS asker,
       query_outer_destination AS answerer,
       max(answered_ns - asked_ns) AS wait_ns
FROM dns_exchange
WHERE (SELECT max(ends) FROM (SELECT count(*) AS ends FROM end_of_all
                              GROUP BY evidence_id)) > 1
  AND depth > 0 AND query_outer_source IS NOT NULL AND attempts = 1
  AND answered_ns IS NOT NULL AND asked_ns IS NOT NULL
  AND identity % (SELECT max(1, count(*) / 50000) FROM dns_exchange) = 0
GROUP BY identity, evidence_id, query_outer_source, query_outer_destination;
CREATE INDEX temp.wait_identity ON wait(identity, asker, answerer);

CREATE TEMP TABLE vote AS
SELECT evidence_id, address, count(*) AS votes
FROM (SELECT near.evidence_id, near.asker AS address
      FROM wait AS near JOIN wait AS far USING (identity, asker, answerer)
      WHERE near.evidence_id <> far.evidence_id AND near.wait_ns > far.wait_ns
      UNION ALL
      SELECT far.evidence_id, far.answerer
      FROM wait AS near JOIN wait AS far USING (identity, asker, answerer)
      WHERE near.evidence_id <> far.evidence_id AND near.wait_ns > far.wait_ns)
GROUP BY evidence_id, address;

CREATE TEMP TABLE local_endpoint AS
SELECT evidence_id, address
FROM (SELECT e.evidence_id, e.address,
             row_number() OVER (PARTITION BY e.evidence_id
                 ORDER BY e.local_packets DESC, coalesce(v.votes, 0) DESC)
                 AS best,
             count(*) OVER (PARTITION BY e.evidence_id) AS ends,
             2 * e.local_packets > sum(e.local_packets)
                 OVER (PARTITION BY e.evidence_id) AS is_sender,
             -- nine in ten, of at least ten
             sum(coalesce(v.votes, 0)) OVER (PARTITION BY e.evidence_id) >= 10
                 AND 10 * coalesce(v.votes, 0) >= 9 * sum(coalesce(v.votes, 0))
                     OVER (PARTITION BY e.evidence_id) AS is_elected
      FROM end_of_all AS e
      LEFT JOIN vote AS v ON v.evidence_id = e.evidence_id
                         AND v.address = e.address)
WHERE best = 1 AND (ends = 1 OR is_sender OR is_elected);

DROP TABLE end_of_all;
DROP TABLE vote;
DROP TABLE wait;
