-- For the report: the timeline and the way of lost packets.

-- Starts and errors with their times. The same line kept twice (of the
-- runtime and by kubectl) is told once, by the log that names its pod.
CREATE VIEW v_log_first AS
SELECT source, event, error, at_ns, ref,
       coalesce(' (' || coalesce(pod, node) || ')', '') AS whose
FROM (SELECT *, max(pod IS NOT NULL) OVER (PARTITION BY source, event, at_ns,
                                                        message) AS is_known
      FROM v_log_event
      WHERE event IN ('start', 'error') AND at_ns IS NOT NULL
        AND coalesce(qtype, '') <> 'HINFO')
WHERE pod IS NOT NULL OR NOT is_known;

CREATE VIEW v_timeline AS
SELECT at_ns, what, ref FROM (
    SELECT p.start_ns AS at_ns, 'changed: ' || p.change AS what,
           p.after_ref AS ref
    FROM phase AS p WHERE p.change IS NOT NULL
    UNION ALL
    SELECT asked_ns, 'first failure: '
           || coalesce(qname || ' ' || qtype, 'a connection') || ' from ' || coalesce(client_name, client_text)
           || ' to ' || coalesce(server_name, server_text), ref
    FROM (SELECT * FROM v_failed WHERE asked_ns >= 0
          ORDER BY asked_ns, id LIMIT 1)
    UNION ALL
    SELECT asked_ns, 'last failure: '
           || coalesce(qname || ' ' || qtype, 'a connection') || ' from ' || coalesce(client_name, client_text)
           || ' to ' || coalesce(server_name, server_text), ref
    FROM (SELECT * FROM v_failed ORDER BY asked_ns DESC, id DESC LIMIT 1)
    UNION ALL
    SELECT at_ns, source || ' started' || whose, ref
    FROM (SELECT source, whose, min(at_ns) AS at_ns, min(ref) AS ref
          FROM v_log_first WHERE event = 'start' GROUP BY source, whose)
    UNION ALL
    SELECT at_ns, source || ' logged its first error: '
           || coalesce(error, event) || whose, ref
    FROM (SELECT source, whose, error, event, min(at_ns) AS at_ns,
                 min(ref) AS ref
          FROM v_log_first WHERE event = 'error' GROUP BY source, whose)
    UNION ALL
    SELECT first_ns, 'capture begins: ' || path, path
    FROM (SELECT path, first_ns FROM evidence
          WHERE kind IN ('capture', 'capture-text') AND first_ns >= 0
          ORDER BY first_ns, path LIMIT 1)
    UNION ALL
    SELECT last_ns, 'capture ends: ' || path, path
    FROM (SELECT path, last_ns FROM evidence
          WHERE kind IN ('capture', 'capture-text') AND last_ns >= 0
          ORDER BY last_ns DESC, path LIMIT 1)
)
-- times before 1970 are those of pasted captures that show no date
WHERE at_ns >= 0
ORDER BY at_ns, what;

-- The lost packet of each failed exchange. `place` numbers those of one kind,
-- the one that most places saw first. Questions to the node-local cache are
-- lost where they are lost themselves, not where the cache waits in vain for
-- others.
CREATE VIEW v_lost_packet AS
SELECT x.*, x.failure IN ('answer-lost', 'answer-damaged') AS is_answer,
       CASE WHEN x.failure IN ('answer-lost', 'answer-damaged')
            THEN CASE WHEN x.dns_id IS NULL THEN 'SYN-ACK' ELSE 'answer' END
            ELSE CASE WHEN x.dns_id IS NULL THEN 'SYN' ELSE 'question' END
       END AS name,
       CASE WHEN x.failure IN ('answer-lost', 'answer-damaged')
            THEN CASE WHEN x.dns_id IS NULL THEN 'syn-ack'
                      ELSE 'response' END
            ELSE CASE WHEN x.dns_id IS NULL THEN 'syn' ELSE 'query' END
       END AS packet,
       row_number() OVER (
           PARTITION BY x.path, x.failure, x.transport, x.client_kind,
                        x.client_node, x.server_node
           ORDER BY (SELECT count(*) FROM sighting AS s
                     WHERE s.exchange_id = x.id) DESC, x.id) AS place
FROM v_failed AS x
WHERE x.last_seen IS NOT NULL
  AND (x.leg <> 'client-to-cache'
       OR x.failure IN ('query-lost', 'query-damaged', 'answer-lost',
                        'answer-damaged', 'refused'));

-- Lost packets worth telling, one of each kind, the best documented first:
-- where each was seen last, and where it is missing first although somebody
-- captured there, or else the next place on its way that nobody captured.
-- Stops 0 to 4 are at the client's node, 5 to 9 at the server's.
CREATE VIEW v_journey AS
WITH told AS MATERIALIZED (
    SELECT p.*,
           CASE WHEN p.is_answer
                THEN (SELECT min(s.stop) FROM v_sighting AS s
                      WHERE s.exchange_id = p.id AND s.stop >= 0
                        AND s.what IN ('response', 'syn-ack'))
                ELSE (SELECT max(s.stop) FROM v_sighting AS s
                      WHERE s.exchange_id = p.id
                        AND s.what IN ('query', 'syn')) END AS last_stop,
           -- the same question of somebody else, within what one may take
           EXISTS (SELECT 1 FROM sighting AS s
                   JOIN dns_exchange AS d ON d.evidence_id = s.evidence_id
                                         AND d.number = s.number
                   JOIN dns_exchange AS o ON o.identity = d.identity
                    AND o.evidence_id = d.evidence_id
                    AND o.interface = d.interface AND o.depth = d.depth
                    AND o.server = d.server
                    AND (o.client <> d.client
                         OR o.client_port <> d.client_port)
                    AND abs(o.asked_ns - d.asked_ns) < 25000000000
                   WHERE s.exchange_id = p.id AND s.source = 'dns')
               AS is_ambiguous
    FROM v_lost_packet AS p WHERE p.place = 1
), ended AS (
    SELECT t.*,
           CASE WHEN t.first_missing IS NOT NULL THEN NULL
                WHEN t.is_answer AND t.last_stop > 4
                 AND t.client_node IS NOT t.server_node
                THEN coalesce(t.client_node, 'the client') || '''s uplink'
                WHEN t.is_answer AND t.last_stop > 1
                THEN 'the interface of '
                     || coalesce(t.client_name, t.client_text)
                WHEN NOT t.is_answer AND t.last_stop BETWEEN 0 AND 4
                 AND t.path = 'cross-node'
                THEN coalesce(t.server_node, 'the server') || '''s uplink'
                WHEN t.path = 'external'
                THEN coalesce(t.server_name, t.server_text)
                WHEN NOT t.is_answer AND t.last_stop BETWEEN 0 AND 7
                THEN 'the interface of '
                     || coalesce(t.server_name, t.server_text)
           END AS unwatched
    FROM told AS t
)
SELECT e.id AS exchange_id,
       e.name || ' ' || coalesce(e.client_name, e.client_text) || ' - '
       || coalesce(e.server_name, e.server_text)
       || coalesce(' ' || e.qtype || ' ' || e.qname, '') AS what,
       CASE WHEN e.failure IN ('answer-damaged', 'query-damaged')
            THEN iif(e.last_stop >= 0, 'arrived damaged at ', 'damaged at ')
                 || e.last_seen
            WHEN e.first_missing IS NOT NULL
            THEN 'lost after ' || e.last_seen || ', missing at '
                 || e.first_missing
            WHEN e.failure = 'refused' THEN 'refused after ' || e.last_seen
            WHEN e.failure = 'no-answer' AND e.last_stop >= 8
            THEN 'arrived at ' || e.last_seen || ', and no answer came back'
            WHEN e.unwatched IS NULL OR e.failure = 'error-code'
            THEN 'seen last at ' || e.last_seen
            ELSE 'seen last at ' || e.last_seen
                 || ', unknown from there: no capture at ' || e.unwatched END
       || CASE WHEN e.is_ambiguous
          THEN ' (another question like it was on the way)' ELSE '' END
           AS fate,
       e.id || ' ' || e.packet AS packet, e.last_seen AS last_seen,
       e.last_seen_state AS last_seen_state, e.first_missing AS first_missing,
       e.unwatched AS unwatched, e.is_ambiguous AS is_ambiguous
FROM ended AS e;

-- Which question led to which: client to cache to cluster DNS to upstream, by
-- name, type and time. 'exact' where the id was kept (CoreDNS before 1.8.7
-- asks on under the id it was asked with), else 'inferred'; `candidates` are
-- the questions that may be the one that it led to.
CREATE VIEW v_chain AS
SELECT a.id AS exchange_id, b.id AS next_id, a.leg AS leg, b.leg AS next_leg,
       a.qname AS qname, a.qtype AS qtype,
       CASE WHEN a.dns_id = b.dns_id THEN 'exact' ELSE 'inferred' END AS link,
       count(*) OVER (PARTITION BY a.id) AS candidates,
       a.asked_ns AS asked_ns, b.asked_ns AS next_asked_ns,
       a.outcome AS outcome, b.outcome AS next_outcome,
       ref(e.path, a.frame, NULL) AS ref, ref(f.path, b.frame, NULL) AS next_ref
FROM exchange AS a
JOIN exchange AS b ON b.qname = a.qname AND b.qtype = a.qtype
 AND b.asked_ns >= a.asked_ns
 AND b.asked_ns <= coalesce(a.answered_ns, a.last_asked_ns + 10000000000)
 AND (a.leg = 'client-to-cache' AND b.client_node = a.client_node
      AND (b.leg = 'cache-to-dns'
           OR b.leg = 'dns-to-upstream' AND b.client_kind = 'host')
      OR a.leg IN ('cache-to-dns', 'client-to-dns')
         AND b.leg = 'dns-to-upstream' AND b.client = a.server)
JOIN evidence AS e ON e.id = a.evidence_id
JOIN evidence AS f ON f.id = b.evidence_id;
