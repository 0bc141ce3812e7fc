-- sign: lost-behind-tunnel-device
-- title: Packets come out of the tunnel and do not reach the pod
-- group: last-seen
-- needs: cross-node-questions
-- says: {n:packet} got as far as {last} and not to {missing}
SELECT min(x.ref) AS ref,
       count(*) || ' packets seen last at ' || x.last_seen || ', missing at '
       || x.first_missing AS says,
       x.last_seen AS last, x.first_missing AS missing, count(*) AS n,
       k.node AS to_node
FROM v_failed AS x
JOIN v_tunnel_link AS k ON x.last_seen = k.node || ' ' || k.interface
WHERE x.path = 'cross-node' AND x.first_missing IS NOT NULL
  AND x.failure IN ('query-lost', 'answer-lost')
  AND k.node = CASE x.failure WHEN 'query-lost' THEN x.server_node
                              ELSE x.client_node END
GROUP BY x.last_seen, x.first_missing
HAVING count(*) >= 3
ORDER BY n DESC, x.last_seen;
