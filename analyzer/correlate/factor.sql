-- One row per combination of traits, then one 2x2 table per trait. Questions
-- to the node-local cache are left out: its failures are those of the legs
-- behind it. So are phases in which nothing failed.
DELETE FROM factor;

CREATE TEMP TABLE cell AS
SELECT path, transport, client_kind AS client, via, client_node, server_node,
       CASE WHEN response_bytes IS NULL THEN NULL
            WHEN response_bytes > 1280 THEN 'over 1280 bytes'
            ELSE 'up to 1280 bytes' END AS size,
       -- A connection that never opened has no name, and those that did were
       -- answered; the health probes of the forward plugin ask for the root
       -- when something has failed already.
       CASE WHEN qname IS NULL OR qname = '.' OR transport <> 'udp' THEN NULL
            WHEN qname LIKE '%.' || (SELECT zone FROM v_cluster_zone) OR qname LIKE '%.arpa.'
            THEN 'cluster' ELSE 'other' END AS zone,
       sum(outcome IN ('failed', 'late')) AS failed, count(*) AS asked
FROM exchange
WHERE leg <> 'client-to-cache' AND outcome <> 'unknown'
  AND phase IN (SELECT phase FROM exchange WHERE outcome IN ('failed', 'late'))
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

CREATE TEMP TABLE trait AS
SELECT rowid AS cell, 'path' AS factor, path AS value, failed, asked FROM cell
UNION ALL SELECT rowid, 'transport', transport, failed, asked FROM cell
UNION ALL SELECT rowid, 'client', client, failed, asked FROM cell
UNION ALL SELECT rowid, 'via', via, failed, asked FROM cell
UNION ALL SELECT rowid, 'client-node', client_node, failed, asked FROM cell
UNION ALL SELECT rowid, 'server-node', server_node, failed, asked FROM cell
UNION ALL SELECT rowid, 'size', size, failed, asked FROM cell
UNION ALL SELECT rowid, 'zone', zone, failed, asked FROM cell
-- Where two nodes only fail together neither alone is the place: a stratum to
-- compare within, and no trait to judge.
UNION ALL SELECT rowid, 'pair', coalesce(client_node, '') || ' to '
                                || coalesce(server_node, ''), failed, asked
          FROM cell;
-- What is not known of a cell is a stratum of its own, and no value.
UPDATE trait SET value = '' WHERE value IS NULL;

CREATE TEMP TABLE crude AS
SELECT v.factor, v.value,
       sum(CASE WHEN t.value = v.value THEN t.failed ELSE 0 END) AS a,
       sum(CASE WHEN t.value = v.value THEN t.asked - t.failed ELSE 0 END) AS b,
       sum(CASE WHEN t.value <> v.value THEN t.failed ELSE 0 END) AS c,
       sum(CASE WHEN t.value <> v.value THEN t.asked - t.failed ELSE 0 END) AS d
FROM (SELECT DISTINCT factor, value FROM trait
      WHERE value <> '' AND factor <> 'pair') AS v
JOIN trait AS t ON t.factor = v.factor AND t.value <> ''
GROUP BY v.factor, v.value;

-- Mantel-Haenszel: strata are the values of each other factor that is known
-- before anything fails. Size and zone are not: a lost connection has neither.
CREATE TEMP TABLE stratified AS
SELECT factor, value, within,
       (sum(1.0 * a * d / n) + 0.5) / (sum(1.0 * b * c / n) + 0.5) AS ratio,
       sum(a + b > 0 AND c + d > 0) AS strata
FROM (SELECT v.factor, v.value, s.factor AS within, s.value AS stratum,
             sum(CASE WHEN t.value = v.value THEN t.failed ELSE 0 END) AS a,
             sum(CASE WHEN t.value = v.value THEN t.asked - t.failed ELSE 0 END)
                 AS b,
             sum(CASE WHEN t.value <> v.value THEN t.failed ELSE 0 END) AS c,
             sum(CASE WHEN t.value <> v.value THEN t.asked - t.failed ELSE 0 END)
                 AS d,
             sum(t.asked) AS n
      FROM (SELECT DISTINCT factor, value FROM trait
            WHERE value <> '' AND factor <> 'pair') AS v
      JOIN trait AS t ON t.factor = v.factor AND t.value <> ''
      JOIN trait AS s ON s.cell = t.cell AND s.factor <> v.factor
       AND s.factor IN ('path', 'transport', 'client', 'client-node',
                        'server-node', 'pair')
      GROUP BY v.factor, v.value, s.factor, s.value)
GROUP BY factor, value, within;

-- Named is the factor within which the ratio is weakest; a single one before
-- the pair, where both take it below 3.
INSERT INTO factor
SELECT c.factor, c.value, c.a, c.a + c.b, c.c, c.c + c.d,
       (c.a + 0.5) * (c.d + 0.5) / ((c.b + 0.5) * (c.c + 0.5)) AS odds_ratio,
       chi_squared_p(CASE WHEN (c.a + c.b) * (c.c + c.d) * (c.a + c.c)
                               * (c.b + c.d) = 0 THEN 0.0
            ELSE 1.0 * (c.a + c.b + c.c + c.d)
                 * (1.0 * c.a * c.d - 1.0 * c.b * c.c)
                 * (1.0 * c.a * c.d - 1.0 * c.b * c.c)
                 / (1.0 * (c.a + c.b) * (c.c + c.d) * (c.a + c.c)
                    * (c.b + c.d)) END) AS p,
       s.within, s.ratio,
       0
FROM crude AS c
LEFT JOIN (SELECT factor, value, within, ratio,
                  row_number() OVER (PARTITION BY factor, value
                                     ORDER BY ratio >= 3, within = 'pair',
                                              ratio, within) AS weakest
           FROM stratified WHERE strata > 0) AS s
  ON s.factor = c.factor AND s.value = c.value AND s.weakest = 1
WHERE c.a + c.b > 0 AND c.c + c.d > 0;

UPDATE factor SET explains = 1
WHERE odds_ratio >= 3 AND p < 0.001 AND failed >= 3
  AND coalesce(within_odds_ratio, odds_ratio) >= 3;

-- Where a name lies is often the same as where its packets go: then there is
-- nothing to compare within the path, and the path is what fails.
UPDATE factor SET explains = 0, within = s.within, within_odds_ratio = s.ratio
FROM (SELECT value, min(within) AS within, ratio FROM stratified
      WHERE factor = 'zone' AND strata = 0
        AND within IN (SELECT factor FROM factor WHERE explains = 1)
      GROUP BY value) AS s
WHERE factor.factor = 'zone' AND factor.value = s.value
  AND factor.explains = 1;

DROP TABLE stratified;
DROP TABLE crude;
DROP TABLE trait;
DROP TABLE cell;
