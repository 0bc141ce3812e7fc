-- For the report: the timeline and the way of lost packets.

CREATE VIEW v_timeline AS
SELECT at_ns, what, ref FROM (
    SELECT p.start_ns AS at_ns, 'changed: ' || p.change AS what,
           p.after_ref AS ref
    FROM phase AS p WHERE p.change IS NOT NULL
    UNION ALL
    SELECT asked_ns, 'first failure: '
           || coalesce(qname || ' ' || qtype, 'a connection') || ' from ' || coalesce(client_name, client_text)
           || ' to ' || coalesce(server_name, server_text), ref
    FROM (SELECT * FROM v_failed ORDER BY asked_ns, id LIMIT 1)
    UNION ALL
    SELECT asked_ns, 'last failure: '
           || coalesce(qname || ' ' || qtype, 'a connection') || ' from ' || coalesce(client_name, client_text)
           || ' to ' || coalesce(server_name, server_text), ref
    FROM (SELECT * FROM v_failed ORDER BY asked_ns DESC, id DESC LIMIT 1)
    UNION ALL
    SELECT at_ns, source || ' started (' || coalesce(pod, node, '') || ')', ref
    FROM (SELECT source, pod, node, min(at_ns) AS at_ns, min(ref) AS ref
          FROM v_log_event WHERE event = 'start' AND at_ns IS NOT NULL
          GROUP BY source, pod, node)
    UNION ALL
    SELECT at_ns, source || ' logged its first error: '
           || coalesce(error, event) || ' (' || coalesce(pod, node, '') || ')',
           ref
    FROM (SELECT source, pod, node, error, event, min(at_ns) AS at_ns,
                 min(ref) AS ref
          FROM v_log_event
          WHERE event = 'error' AND at_ns IS NOT NULL
            AND coalesce(qtype, '') <> 'HINFO'
          GROUP BY source, pod, node)
    UNION ALL
    SELECT first_ns, 'capture begins: ' || path, path
    FROM (SELECT path, first_ns FROM evidence
          WHERE kind = 'capture' AND first_ns IS NOT NULL
          ORDER BY first_ns, path LIMIT 1)
    UNION ALL
    SELECT last_ns, 'capture ends: ' || path, path
    FROM (SELECT path, last_ns FROM evidence
          WHERE kind = 'capture' AND last_ns IS NOT NULL
          ORDER BY last_ns DESC, path LIMIT 1)
)
WHERE at_ns IS NOT NULL
ORDER BY at_ns, what;

-- Lost packets worth telling, one of each kind, the best documented first.
CREATE VIEW v_journey AS
SELECT id AS exchange_id, what, fate, packet, last_seen, last_seen_state,
       first_missing
FROM (SELECT x.id AS id,
             CASE WHEN x.failure IN ('answer-lost', 'answer-damaged')
                  THEN CASE WHEN x.dns_id IS NULL THEN 'SYN-ACK' ELSE 'answer' END
                  ELSE CASE WHEN x.dns_id IS NULL THEN 'SYN' ELSE 'question' END
             END
             || ' ' || coalesce(x.client_name, x.client_text) || ' - '
             || coalesce(x.server_name, x.server_text)
             || coalesce(' ' || x.qtype || ' ' || x.qname, '') AS what,
             CASE WHEN x.failure IN ('answer-damaged', 'query-damaged')
                  THEN 'arrived damaged at ' || x.last_seen
                  WHEN x.first_missing IS NOT NULL
                  THEN 'lost after ' || x.last_seen || ', missing at '
                       || x.first_missing
                  ELSE 'seen last at ' || x.last_seen END AS fate,
             x.id || CASE WHEN x.failure IN ('answer-lost', 'answer-damaged')
                  THEN CASE WHEN x.dns_id IS NULL THEN ' syn-ack'
                            ELSE ' response' END
                  ELSE CASE WHEN x.dns_id IS NULL THEN ' syn' ELSE ' query' END
             END AS packet,
             x.last_seen AS last_seen, x.last_seen_state AS last_seen_state,
             x.first_missing AS first_missing,
             row_number() OVER (
                 PARTITION BY x.path, x.failure, x.transport, x.client_kind,
                              x.client_node, x.server_node
                 ORDER BY c.places DESC, x.id) AS place
      FROM v_failed AS x
      JOIN (SELECT s.exchange_id AS exchange_id, count(*) AS places
            FROM sighting AS s GROUP BY s.exchange_id) AS c
        ON c.exchange_id = x.id
      WHERE x.last_seen IS NOT NULL AND x.leg <> 'client-to-cache')
WHERE place = 1;
