-- Where each fact of a bundle landed: node, network namespace, interface.
SELECT e.path, e.node, e.netns, f.interface, f.fact, e.taken_is
FROM evidence AS e
LEFT JOIN (
    SELECT evidence_id, interface, name || '=' || value AS fact FROM counter
    WHERE name IN ('Udp.InCsumErrors', 'conntrack.invalid')
    UNION ALL
    SELECT evidence_id, interface, name || '=' || value FROM setting
    WHERE name IN ('tx-checksum-ip-generic', 'driver', 'mtu',
                   'net.netfilter.nf_conntrack_max')
      AND interface <> 'lo'
    UNION ALL
    SELECT evidence_id, interface, 'address=' || address_text(address)
    FROM interface_address WHERE interface <> 'lo'
    UNION ALL
    SELECT (SELECT id FROM evidence AS l WHERE l.path = v.path), '',
           'log of ' || coalesce(v.pod, '') || ' on ' || coalesce(v.node, '')
    FROM v_log_event AS v
) AS f ON f.evidence_id = e.id
WHERE e.kind NOT IN ('archive', 'document', 'objects', 'notes')
   OR f.fact IS NOT NULL
ORDER BY e.path, f.interface, f.fact;
