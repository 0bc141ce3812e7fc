-- A question that an ICMP error quotes was refused, not lost. Errors from the
-- client's own port say instead that the answer came after it had gone.
UPDATE exchange SET failure = 'refused'
WHERE outcome = 'failed' AND failure IN ('no-answer', 'query-lost')
  AND EXISTS (
    SELECT 1 FROM sighting AS s
    JOIN dns_exchange AS d ON s.source = 'dns'
     AND d.evidence_id = s.evidence_id AND d.number = s.number
    JOIN icmp_error AS i ON i.quoted_destination = d.server
     AND i.quoted_source = d.client AND i.quoted_source_port = d.client_port
     AND i.quoted_destination_port = d.server_port
     AND i.type IN (3, 1001) AND i.quoted_protocol IN (6, 17)
     AND i.at_ns >= d.asked_ns AND i.at_ns < d.last_asked_ns + 1000000000
    WHERE s.exchange_id = exchange.id);

UPDATE exchange SET failure = 'refused'
WHERE outcome = 'failed' AND failure IN ('no-answer', 'query-lost')
  AND transport = 'tcp' AND dns_id IS NULL
  AND EXISTS (
    SELECT 1 FROM sighting AS s
    JOIN tcp_connection AS t ON s.source = 'tcp'
     AND t.evidence_id = s.evidence_id AND t.number = s.number
    WHERE s.exchange_id = exchange.id AND t.closed_by = 'server-reset');
