-- sign: aaaa-only-fails
-- title: Questions for AAAA fail where those for A are answered
-- group: aaaa
-- needs: questions
-- says: {server}: {aaaa_failed} of {aaaa} AAAA questions failed, {a_failed} of {a} A questions
SELECT (SELECT min(f.ref) FROM v_failed AS f
        WHERE f.server = s.server AND f.qtype = 'AAAA') AS ref,
       address_text(s.server) || ': AAAA ' || s.aaaa_failed || ' of ' || s.aaaa
       || ' failed, A ' || s.a_failed || ' of ' || s.a AS says,
       address_text(s.server) AS server, s.aaaa AS aaaa,
       s.aaaa_failed AS aaaa_failed, s.a AS a, s.a_failed AS a_failed,
       'the resolver ' || address_text(s.server) AS component
FROM (SELECT server,
             sum(qtype = 'AAAA') AS aaaa,
             sum(qtype = 'AAAA' AND outcome IN ('failed', 'late'))
                 AS aaaa_failed,
             sum(qtype = 'A') AS a,
             sum(qtype = 'A' AND outcome IN ('failed', 'late')) AS a_failed
      FROM exchange
      WHERE outcome <> 'unknown' AND leg IN ('dns-to-upstream', 'other')
      GROUP BY server) AS s
WHERE s.aaaa_failed >= 5 AND s.aaaa_failed * 5 >= s.aaaa * 4
  AND s.a >= 5 AND s.a_failed * 10 <= s.a
ORDER BY s.aaaa_failed DESC, server;
