-- sign: dns-server-overloaded
-- title: DNS pods drop questions for lack of buffer space
-- group: overload
-- needs: counter-deltas
-- says: Udp RcvbufErrors of {pod} grew by {n}
SELECT max(d.to_ref) AS ref,
       'Udp.RcvbufErrors of ' || CASE WHEN d.netns = '' THEN d.node
                                      ELSE 'pod ' || d.netns END
       || ' grew by ' || (max(d."to") - min(d."from")) AS says,
       CASE WHEN d.netns = '' THEN d.node ELSE d.netns END AS pod,
       max(d."to") - min(d."from") AS n
FROM v_counter_delta AS d
WHERE d.name = 'Udp.RcvbufErrors'
GROUP BY d.node, d.netns
HAVING max(d."to") - min(d."from") >= 3
ORDER BY n DESC, d.node, d.netns;
