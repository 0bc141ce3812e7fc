-- sign: same-transport-same-fate
-- title: TCP and UDP fail alike between the same nodes
-- group: transport
-- needs: cross-node-questions
-- says: cross-node TCP: {tcp_failed} of {tcp_asked} failed, UDP: {udp_failed} of {udp_asked}
SELECT (SELECT min(ref) FROM v_failed WHERE path = 'cross-node') AS ref,
       'TCP ' || tcp_failed || ' of ' || tcp_asked || ', UDP ' || udp_failed
       || ' of ' || udp_asked || ' failed between nodes' AS says,
       tcp_failed AS tcp_failed, tcp_asked AS tcp_asked,
       udp_failed AS udp_failed, udp_asked AS udp_asked
FROM (SELECT sum(transport = 'tcp' AND outcome <> 'answered') AS tcp_failed,
             sum(transport = 'tcp') AS tcp_asked,
             sum(transport = 'udp' AND outcome <> 'answered') AS udp_failed,
             sum(transport = 'udp') AS udp_asked
      FROM exchange
      WHERE path = 'cross-node' AND outcome <> 'unknown'
        AND leg IN ('client-to-dns', 'cache-to-dns')
        AND phase IN (SELECT phase FROM exchange WHERE outcome = 'failed'))
WHERE tcp_asked >= 5 AND udp_asked >= 5
  AND tcp_failed * 5 >= tcp_asked AND udp_failed * 5 >= udp_asked;
