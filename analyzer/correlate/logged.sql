-- Where no capture could see whether an answer came, a server's log may: the
-- same question, which it gave up within the longest time that resolvers
-- wait.
CREATE TEMP TABLE given_up AS
SELECT qname, qtype, upstream, coalesce(at_ns, latest_ns) AS at_ns,
       coalesce(at_ns, earliest_ns) AS from_ns
FROM log_event
WHERE error IN ('timeout', 'unreachable', 'no-route', 'no-answer')
  AND qname IS NOT NULL AND coalesce(at_ns, latest_ns) IS NOT NULL;
CREATE INDEX temp.given_up_question ON given_up(qname, qtype, at_ns);

UPDATE exchange SET outcome = 'failed', failure = 'no-answer'
WHERE outcome = 'unknown' AND EXISTS (
    SELECT 1 FROM given_up AS g
    WHERE g.qname = exchange.qname AND g.qtype = exchange.qtype
      AND g.at_ns BETWEEN exchange.asked_ns
                      AND exchange.asked_ns + 15000000000
      AND g.from_ns <= exchange.asked_ns + 15000000000
      AND (g.upstream IS NULL
           OR g.upstream IN (exchange.server, exchange.service)));
DROP TABLE given_up;
