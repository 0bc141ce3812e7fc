-- A question on a connection that its server had just closed is asked again
-- at once over another one, with the same id: Go and CoreDNS do so silently
-- when a pooled connection has gone stale. That is one exchange with a retry,
-- not a failure. It counts within a second, at the same server, or at another
-- one where the first is seen to have reset the connection: any other retry
-- elsewhere is how clients survive real losses.
CREATE TEMP TABLE reset_question AS
SELECT DISTINCT s.exchange_id AS exchange_id
FROM sighting AS s
JOIN dns_exchange AS d ON s.source = 'dns' AND d.evidence_id = s.evidence_id
                      AND d.number = s.number
JOIN tcp_connection AS t ON t.evidence_id = d.evidence_id
                        AND t.number = d.connection
WHERE t.closed_by = 'server-reset' AND t.is_established = 1
  AND s.exchange_id IN (SELECT id FROM exchange
                        WHERE outcome = 'failed' AND transport = 'tcp');

CREATE TEMP TABLE folded AS
SELECT f.id AS failed_id, min(a.id) AS answered_id, f.asked_ns AS asked_ns
FROM exchange AS f
JOIN exchange AS a ON a.dns_id = f.dns_id AND a.qname = f.qname
 AND a.qtype = f.qtype AND a.transport = 'tcp' AND a.outcome = 'answered'
 AND (a.client = f.client OR a.client_node = f.client_node)
 AND (a.server = f.server
      OR f.id IN (SELECT exchange_id FROM reset_question))
 AND a.asked_ns > f.asked_ns AND a.asked_ns < f.asked_ns + 1000000000
WHERE f.transport = 'tcp' AND f.outcome = 'failed'
  AND f.failure IN ('no-answer', 'refused')
GROUP BY f.id;

UPDATE exchange SET attempts = exchange.attempts + 1, asked_ns = f.asked_ns
FROM folded AS f WHERE exchange.id = f.answered_id;

UPDATE sighting SET exchange_id = f.answered_id
FROM folded AS f WHERE sighting.exchange_id = f.failed_id;

DELETE FROM exchange WHERE id IN (SELECT failed_id FROM folded);
DROP TABLE folded;
DROP TABLE reset_question;
