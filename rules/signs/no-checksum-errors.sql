-- sign: no-checksum-errors
-- title: No node or pod counted a checksum error
-- group: checksum-counters
-- needs: counter-deltas
-- says: the checksum error counters of {rows:node} stood still
SELECT max(d.to_ref) AS ref,
       'no checksum error counter of ' || d.node || ' grew' AS says
FROM v_counter_delta AS d
WHERE d.name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors')
  AND NOT EXISTS (SELECT 1 FROM v_counter_delta AS g
                  WHERE g.name IN ('Udp.InCsumErrors', 'Tcp.InCsumErrors')
                    AND g.delta > 0)
GROUP BY d.node
ORDER BY d.node;
