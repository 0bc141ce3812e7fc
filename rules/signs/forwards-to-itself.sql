-- sign: forwards-to-itself
-- title: A DNS server forwards to an address that is its own
-- group: loop-setting
-- needs: corefile
-- says: zone {zone} is forwarded to {target}, which is {whose}
-- Named in the Corefile, or by a resolv.conf with a resolver on the loopback
-- address (systemd-resolved's stub) that the pod inherits.
SELECT ref(e.path, NULL, f.line) AS ref,
       'zone ' || f.zone || ' goes to ' || f.arguments_word AS says,
       f.zone AS zone, f.arguments_word AS target,
       CASE WHEN w.kind = 'service' THEN 'the DNS service itself'
            ELSE 'the server''s own loopback address' END AS whose
FROM v_forward AS f
JOIN evidence AS e ON e.id = f.evidence_id
LEFT JOIN v_owner AS w ON address_text(w.address) = f.arguments_word
WHERE f.zone = '.'
  AND (f.arguments_word LIKE '127.%' OR f.arguments_word LIKE '::1%'
       OR (w.kind = 'service' AND w.is_dns = 1
           AND NOT EXISTS (SELECT 1 FROM corefile AS b
                           WHERE b.evidence_id = f.evidence_id
                             AND b.owner = f.owner AND b.plugin = 'bind')))
UNION ALL
SELECT s.ref, 'resolv.conf of ' || coalesce(s.node, '?') || ' names '
       || s.value, '.', s.value, 'the server''s own loopback address'
FROM v_setting AS s
WHERE s.source = 'resolv.conf' AND s.name LIKE 'nameserver%'
  AND s.value LIKE '127.%'
  AND EXISTS (SELECT 1 FROM v_forward AS f
              WHERE f.zone = '.' AND f.arguments_word LIKE '%resolv.conf')
ORDER BY 1;
