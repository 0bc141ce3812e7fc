-- sign: fixed-by-offload-off
-- title: Turning the tunnel device's checksum offload off ended it
-- group: cure
-- needs: two-phases, questions
-- says: questions between nodes failed until tx checksum offload of {interface} was turned off, and none failed after
SELECT c.after_ref AS ref,
       c.what || '; before: ' || b.failed || ' of ' || b.asked
       || ' cross-node questions failed, after: 0 of ' || a.asked AS says,
       c.interface AS interface
FROM v_change AS c
JOIN (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'cross-node' AND phase < (SELECT max(number) FROM phase))
     AS b
JOIN (SELECT sum(failed) AS failed, sum(asked) AS asked FROM v_pair
      WHERE path = 'cross-node' AND phase = (SELECT max(number) FROM phase))
     AS a
WHERE c.source = 'ethtool -k' AND c.name LIKE 'tx-checksum%'
  AND c."from" = 'on' AND c."to" = 'off'
  AND b.failed >= 3 AND a.failed = 0 AND a.asked >= 5
ORDER BY c.latest_ns, c.node, c.name;
