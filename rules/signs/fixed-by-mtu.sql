-- sign: fixed-by-mtu
-- title: A smaller MTU ended it
-- group: cure
-- needs: two-phases, questions
-- says: questions failed until the MTU of {interface} went from {from} to {to}, and none failed after
SELECT c.after_ref AS ref, c.what AS says, c.interface AS interface,
       c."from" AS "from", c."to" AS "to"
FROM v_change AS c
JOIN (SELECT sum(failed) AS failed FROM v_pair
      WHERE path = 'cross-node' AND phase < (SELECT max(number) FROM phase))
     AS b
JOIN (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'cross-node' AND phase = (SELECT max(number) FROM phase))
     AS a
WHERE c.source = 'ip link' AND c.name = 'mtu'
  AND CAST(c."to" AS INTEGER) < CAST(c."from" AS INTEGER)
  AND b.failed >= 3 AND a.failed = 0 AND a.asked >= 5
ORDER BY c.latest_ns, c.node, c.interface;
