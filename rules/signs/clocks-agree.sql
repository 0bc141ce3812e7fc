-- sign: clocks-agree
-- title: The clocks of the nodes agree
-- group: clock
-- needs: questions
-- says: the clock of {node} is within {ms} ms of that of {reference}, by {packets:question} that both saw
SELECT e.path AS ref,
       'clock of ' || c.node || ' against ' || c.reference || ': '
       || printf('%.3f', c.offset_ns / 1e9) || ' s, from ' || c.packets
       || ' packets' AS says,
       c.node AS node, c.reference AS reference, c.packets AS packets,
       abs(c.offset_ns) / 1000000 + 1 AS ms
FROM clock_offset AS c
JOIN evidence AS e ON e.id = (SELECT min(x.id) FROM evidence AS x
                              WHERE x.node = c.node AND x.first_ns >= 0
                                AND x.kind IN ('capture', 'capture-text',
                                               'document'))
WHERE c.node <> c.reference AND c.packets >= 5
  AND NOT EXISTS (SELECT 1 FROM clock_offset AS d
                  WHERE abs(d.offset_ns) + d.error_ns > 5000000000)
ORDER BY abs(c.offset_ns) DESC, c.node;
