-- After the exchanges have been put together, for what reads them.
CREATE INDEX IF NOT EXISTS sighting_exchange ON sighting(exchange_id);
CREATE INDEX IF NOT EXISTS exchange_outcome ON exchange(outcome, leg);
CREATE INDEX IF NOT EXISTS icmp_error_quoted ON icmp_error(
    quoted_destination, quoted_source, quoted_source_port, at_ns);
CREATE INDEX IF NOT EXISTS exchange_question ON exchange(dns_id, qname, asked_ns)
    WHERE transport = 'tcp' AND outcome = 'answered';
