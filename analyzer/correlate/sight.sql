-- Which ways of a question each capture saw. A filter such as "dst port 53"
-- leaves the answers out: what looks unanswered there may not be. A path that
-- is blocked looks the same. What tells them apart, in this order: what the
-- filter says, where it is kept; clients that acknowledge what was not seen,
-- or go on along their search list at once; other packets, which such a
-- filter would not have let in; questions that are asked again.

CREATE TEMP TABLE dns_seen AS
SELECT d.evidence_id, d.interface,
       sum(d.asked_ns IS NOT NULL) AS questions,
       sum(d.answered_ns IS NOT NULL) AS answers,
       -- a resolver asks again after 1 to 5 s, if the capture runs that long
       sum(d.transport = 'udp' AND d.asked_ns + 5000000000 <= e.last_ns)
           AS waited,
       sum(d.transport = 'udp' AND d.attempts > 1
           AND d.last_asked_ns >= d.asked_ns + 900000000) AS repeated
FROM dns_exchange AS d JOIN evidence AS e ON e.id = d.evidence_id
WHERE d.server_port IN (SELECT port FROM dns_port)
GROUP BY d.evidence_id, d.interface;

CREATE TEMP TABLE tcp_seen AS
SELECT t.evidence_id, t.interface, sum(t.client_packets > 0) AS asked,
       sum(t.server_packets > 0) AS heard,
       -- the client answers a SYN-ACK that is not there
       sum(t.syns > 0 AND t.server_packets = 0 AND t.is_established = 1)
           AS went_on,
       sum(t.syns > 0 AND t.syn_ns + 3000000000 <= e.last_ns) AS waited,
       sum(t.syns > 1 AND t.server_packets = 0 AND t.is_established = 0)
           AS repeated
FROM tcp_connection AS t JOIN evidence AS e ON e.id = t.evidence_id
WHERE t.server_port IN (SELECT port FROM dns_port)
GROUP BY t.evidence_id, t.interface;

-- One filter holds for all interfaces of a capture that have it.
CREATE TEMP TABLE sight AS
SELECT f.evidence_id AS evidence_id, f.filter AS filter,
       min(f.is_one_way) AS is_one_way,
       total(d.questions) + total(t.asked) AS questions,
       total(d.answers) + total(t.heard) AS answers,
       total(t.went_on) AS went_on,
       total(d.waited) AS waited, total(d.repeated) AS repeated,
       total(t.waited) AS syn_waited, total(t.repeated) AS syn_repeated,
       NULL AS sees_answers, NULL AS known_by
FROM v_capture_filter AS f
LEFT JOIN dns_seen AS d ON d.evidence_id = f.evidence_id
                       AND d.interface = f.interface
LEFT JOIN tcp_seen AS t ON t.evidence_id = f.evidence_id
                       AND t.interface = f.interface
GROUP BY f.evidence_id, f.filter;

UPDATE sight SET sees_answers = 1, known_by = 'packets' WHERE answers > 0;
UPDATE sight SET sees_answers = 1 - is_one_way, known_by = 'filter'
WHERE sees_answers IS NULL AND is_one_way IS NOT NULL;
UPDATE sight SET sees_answers = 0, known_by = 'connection'
WHERE sees_answers IS NULL AND went_on > 0;

-- Its answer was seen where the question had been before it came here: it
-- passed here. Clocks must be one, or known to differ by how much.
CREATE TEMP TABLE clock AS
SELECT v.evidence_id, v.interface, v.node, c.offset_ns
FROM vantage AS v LEFT JOIN clock_offset AS c ON c.node = v.node
WHERE v.node IS NOT NULL;
CREATE INDEX temp.clock_place ON clock(evidence_id, interface);

UPDATE sight SET sees_answers = 0, known_by = 'other place'
WHERE sees_answers IS NULL
  AND (SELECT count(*) FROM (
           SELECT 1 FROM dns_exchange AS d
           JOIN clock AS k ON k.evidence_id = d.evidence_id
                          AND k.interface = d.interface
           JOIN dns_exchange AS o ON o.identity = d.identity
            AND o.evidence_id <> d.evidence_id AND o.answered_ns IS NOT NULL
           JOIN clock AS c ON c.evidence_id = o.evidence_id
                          AND c.interface = o.interface
            AND (c.node = k.node
                 OR c.offset_ns IS NOT NULL AND k.offset_ns IS NOT NULL)
           WHERE d.evidence_id = sight.evidence_id AND d.attempts = 1
             AND o.attempts = 1
             AND o.asked_ns + coalesce(c.offset_ns, 0)
                 < d.asked_ns + coalesce(k.offset_ns, 0) LIMIT 3)) = 3;
DROP TABLE clock;

-- A search list is gone through in order, and NXDOMAIN leads to the next:
-- "api.shop.svc.cluster.local." and within a second "api.svc.cluster.local."
CREATE TEMP TABLE asked AS
SELECT d.evidence_id, d.client, d.qtype, d.qname, d.asked_ns,
       substr(d.qname, 1, length(d.qname) - length(z.suffix)) AS stem,
       z.suffix AS suffix
FROM dns_exchange AS d
JOIN (SELECT '.svc.' || zone AS suffix FROM v_cluster_zone) AS z
WHERE d.evidence_id IN (SELECT evidence_id FROM sight
                        WHERE sees_answers IS NULL)
  AND d.server_port IN (SELECT port FROM dns_port)
  AND d.asked_ns IS NOT NULL AND d.attempts = 1
  AND d.qname LIKE '%' || z.suffix;
CREATE INDEX temp.asked_question
    ON asked(evidence_id, client, qtype, qname, asked_ns);

UPDATE sight SET sees_answers = 0, known_by = 'search'
WHERE sees_answers IS NULL
  AND (SELECT count(*) FROM (
           SELECT 1 FROM asked AS a
           JOIN asked AS b ON b.evidence_id = a.evidence_id
            AND b.client = a.client AND b.qtype = a.qtype
            AND b.qname = rtrim(a.stem, replace(a.stem, '.', ''))
                          || substr(a.suffix, 2)
            AND b.asked_ns > a.asked_ns AND b.asked_ns < a.asked_ns + 900000000
           WHERE a.evidence_id = sight.evidence_id LIMIT 3)) = 3;
DROP TABLE asked;

-- Packets that are neither to port 53, nor to a server that was asked (dst
-- host), nor from a client that asked (src host): ARP, or the traffic of
-- others. All addresses are the outermost.
CREATE TEMP TABLE end_asked AS
SELECT DISTINCT evidence_id,
       coalesce(query_outer_source, client) AS source,
       coalesce(query_outer_destination, server) AS destination
FROM dns_exchange
WHERE evidence_id IN (SELECT evidence_id FROM sight WHERE sees_answers IS NULL)
UNION
SELECT DISTINCT evidence_id, coalesce(outer_source, client),
       coalesce(outer_destination, server)
FROM tcp_connection
WHERE evidence_id IN (SELECT evidence_id FROM sight WHERE sees_answers IS NULL)
  AND server_port IN (SELECT port FROM dns_port);
CREATE INDEX temp.end_source ON end_asked(evidence_id, source);
CREATE INDEX temp.end_destination ON end_asked(evidence_id, destination);

UPDATE sight SET sees_answers = 1, known_by = 'other packets'
WHERE sees_answers IS NULL AND questions > 0
  AND ((SELECT sum(i.packets) FROM capture_interface AS i
        WHERE i.evidence_id = sight.evidence_id)
       > (SELECT total(t.packets) FROM traffic AS t
          WHERE t.evidence_id = sight.evidence_id AND t.depth = 0)
       OR EXISTS (
           SELECT 1 FROM traffic AS t
           WHERE t.evidence_id = sight.evidence_id AND t.depth = 0
             AND (t.destination_port IS NOT 53 OR t.tunnel <> '')
             AND NOT EXISTS (SELECT 1 FROM end_asked AS a
                             WHERE a.evidence_id = t.evidence_id
                               AND a.source = t.source)
             AND NOT EXISTS (SELECT 1 FROM end_asked AS a
                             WHERE a.evidence_id = t.evidence_id
                               AND a.destination = t.destination)));
DROP TABLE end_asked;

-- Whoever asks again has no answer: nearly all do, of one transport at least.
UPDATE sight SET sees_answers = 1, known_by = 'repeats'
WHERE sees_answers IS NULL
  AND (repeated >= 3 AND 5 * repeated >= 4 * waited
       OR syn_repeated >= 3 AND 5 * syn_repeated >= 4 * syn_waited);

UPDATE vantage SET sees_answers = s.sees_answers, sees_by = s.known_by
FROM sight AS s, v_capture_filter AS f
WHERE f.evidence_id = vantage.evidence_id AND f.interface = vantage.interface
  AND s.evidence_id = f.evidence_id AND s.filter = f.filter;

-- Answers alone: "src port 53".
UPDATE vantage SET sees_questions = (
    SELECT CASE WHEN s.questions > 0 THEN 1 WHEN s.answers > 0 THEN 0 END
    FROM sight AS s, v_capture_filter AS f
    WHERE f.evidence_id = vantage.evidence_id
      AND f.interface = vantage.interface
      AND s.evidence_id = f.evidence_id AND s.filter = f.filter);

DROP TABLE sight;
DROP TABLE tcp_seen;
DROP TABLE dns_seen;
