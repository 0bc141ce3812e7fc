-- After the exchanges have been put together, for what reads them.
CREATE INDEX IF NOT EXISTS sighting_exchange ON sighting(exchange_id);
CREATE INDEX IF NOT EXISTS exchange_outcome ON exchange(outcome, leg);
