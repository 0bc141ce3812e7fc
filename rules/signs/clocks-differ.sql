-- sign: clocks-differ
-- title: The clocks of the nodes differ
-- group: clock
-- needs: questions
-- says: the clock of {node} is {seconds} s away from that of {reference}
SELECT e.path AS ref,
       'clock of ' || c.node || ' against ' || c.reference || ': '
       || printf('%.3f', c.offset_ns / 1e9) || ' s, from ' || c.packets
       || ' packets' AS says,
       c.node AS node, abs(c.offset_ns) / 1000000000 AS seconds,
       c.reference AS reference, 'the clock of ' || c.node AS component
FROM clock_offset AS c
JOIN evidence AS e ON e.id = (SELECT min(x.id) FROM evidence AS x
                              WHERE x.node = c.node AND x.first_ns >= 0
                                AND x.kind IN ('capture', 'capture-text',
                                               'document'))
WHERE abs(c.offset_ns) > 60000000000 AND c.error_ns < 5000000000
ORDER BY abs(c.offset_ns) DESC, c.node;
