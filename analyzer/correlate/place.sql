-- Times of snapshots, and the node of a capture whose name does not tell.

-- Said in the file itself.
UPDATE evidence SET taken_ns = c.at_ns, taken_is = 'stated'
FROM (SELECT evidence_id, max(at_ns) AS at_ns FROM clue
      WHERE name = 'taken' AND at_ns IS NOT NULL GROUP BY evidence_id) AS c
WHERE c.evidence_id = evidence.id AND evidence.kind NOT IN ('capture', 'capture-text');

-- Said by the last `date` before it in the same document, on the same host.
UPDATE evidence SET taken_ns = f.at_ns, taken_is = 'sibling'
FROM (SELECT e.id, d.taken_ns AS at_ns, max(d.id)
      FROM evidence AS e
      JOIN evidence AS d ON d.id < e.id AND d.taken_is = 'stated'
       AND rtrim(d.path, '0123456789') = rtrim(e.path, '0123456789')
       AND (d.node = e.node OR e.node IS NULL)
      WHERE e.path GLOB '*#L[0-9]*' AND e.taken_ns IS NULL
        AND e.kind IN ('snapshot', 'objects', 'transcript')
      GROUP BY e.id) AS f
WHERE evidence.id = f.id;

-- Said by a neighbour in the same folder (a `date` beside the others).
-- rtrim() of a path by its own letters leaves the folder.
UPDATE evidence SET taken_ns = f.at_ns, taken_is = 'sibling'
FROM (SELECT rtrim(path, replace(path, '/', '')) AS folder,
             max(taken_ns) AS at_ns
      FROM evidence WHERE taken_is = 'stated'
        AND path NOT GLOB '*#L[0-9]*' GROUP BY 1) AS f
WHERE evidence.taken_ns IS NULL AND evidence.kind IN ('snapshot', 'objects')
  AND rtrim(evidence.path, replace(evidence.path, '/', '')) = f.folder;

-- Said anywhere in what the same run of a collector kept of the same host. The
-- latest counts: a saved firewall may have a heading of years ago.
UPDATE evidence SET taken_ns = f.at_ns, taken_is = 'sibling'
FROM (SELECT r.value AS run, max(e.taken_ns) AS at_ns
      FROM clue AS r JOIN evidence AS e ON e.id = r.evidence_id
      WHERE r.name = 'collection' AND e.taken_is = 'stated' GROUP BY r.value)
     AS f
JOIN clue AS c ON c.name = 'collection' AND c.value = f.run
WHERE c.evidence_id = evidence.id AND evidence.taken_ns IS NULL
  AND evidence.kind IN ('snapshot', 'objects', 'transcript');

-- Said by the name that the collector gave to what it kept, to the minute or
-- second of its start, and often in local time of a zone that nobody names
-- (UTC-12 to UTC+14, tz database). A file's own time that fits it was kept by
-- whoever packed it, and is the better of the two. Archives made to be
-- reproducible have times of 1970 to 1985: those are no times.
UPDATE evidence SET
    taken_ns = CASE
        WHEN modified_ns BETWEEN
             c.at_ns - iif(c.value = 'local', 14, 1) * 3600000000000 AND
             c.at_ns + iif(c.value = 'local', 13, 1) * 3600000000000
        THEN modified_ns ELSE c.at_ns END,
    taken_is = 'name'
FROM clue AS c
WHERE c.evidence_id = evidence.id AND c.name = 'stamp'
  AND evidence.taken_ns IS NULL
  AND evidence.kind IN ('snapshot', 'objects', 'transcript');

-- Written at: good for order only.
UPDATE evidence SET taken_ns = modified_ns, taken_is = 'mtime'
WHERE taken_ns IS NULL AND modified_ns > 504921600000000000
  AND kind IN ('snapshot', 'objects', 'transcript');

-- A copy may have the time of its copying. Counters grow: where more of them
-- fall than grow, these times are no order.
CREATE TEMP TABLE growth AS
SELECT sum(value > before) AS grown, sum(value < before) AS fallen
FROM (SELECT c.value AS value,
             lag(c.value) OVER (PARTITION BY e.node, e.netns, c.source,
                                             c.interface, c.name
                                ORDER BY e.taken_ns, e.id) AS before
      FROM counter AS c JOIN evidence AS e ON e.id = c.evidence_id
      WHERE e.taken_is = 'mtime');

UPDATE evidence SET taken_ns = NULL, taken_is = NULL
WHERE taken_is = 'mtime' AND (SELECT fallen > grown FROM growth);

DROP TABLE growth;

-- A capture is where its packets say, whatever its name.
CREATE TEMP TABLE host_address AS
SELECT DISTINCT name AS node, address FROM kube_object
WHERE kind = 'node' AND address IS NOT NULL
UNION
SELECT DISTINCT node, address FROM learned_node
UNION
SELECT DISTINCT e.node, a.address FROM interface_address AS a
JOIN evidence AS e ON e.id = a.evidence_id
WHERE e.node IS NOT NULL AND e.netns = ''
  AND substr(a.address, 1, 1) <> x'7f' AND substr(a.address, 1, 2) <> x'a9fe';

UPDATE evidence SET node = h.node, netns = coalesce(netns, '')
FROM (SELECT l.evidence_id, min(a.node) AS node
      FROM local_endpoint AS l JOIN host_address AS a ON a.address = l.address
      GROUP BY l.evidence_id HAVING count(DISTINCT a.node) = 1) AS h
WHERE evidence.id = h.evidence_id AND evidence.node IS NULL;

-- The one host of several that every packet of a capture has at one end.
UPDATE evidence SET node = c.node, netns = ''
FROM (SELECT evidence_id, min(node) AS node
      FROM (SELECT t.evidence_id, h.node
            FROM traffic AS t
            JOIN host_address AS h ON h.address IN (t.source, t.destination)
            WHERE t.depth = 0
            GROUP BY t.evidence_id, h.node
            HAVING sum(t.packets) * 100 >= 99 *
                   (SELECT sum(packets) FROM traffic AS a
                    WHERE a.evidence_id = t.evidence_id AND a.depth = 0))
      GROUP BY evidence_id HAVING count(*) = 1) AS c
WHERE evidence.id = c.evidence_id AND evidence.node IS NULL
  AND evidence.kind IN ('capture', 'capture-text')
  AND (SELECT count(DISTINCT h.node)
       FROM traffic AS t
       JOIN host_address AS h ON h.address IN (t.source, t.destination)
       WHERE t.evidence_id = evidence.id AND t.depth = 0
       GROUP BY t.evidence_id) >= 2;

DROP TABLE host_address;
DROP TABLE local_endpoint;
