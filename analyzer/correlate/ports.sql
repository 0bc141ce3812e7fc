-- Ports at which DNS is spoken. Questions to a service at port 53 go on to the
-- port that its pods listen on, which need not be 53 (OpenShift: 5353).
DELETE FROM dns_port WHERE port <> 53;

INSERT OR IGNORE INTO dns_port
SELECT DISTINCT server_port FROM dns_exchange
WHERE state IN ('answered', 'unanswered', 'late');

INSERT OR IGNORE INTO dns_port
SELECT DISTINCT reply_source_port FROM conntrack
WHERE destination_port = 53 AND destination <> reply_source
  AND reply_source_port IS NOT NULL;

-- "openshift-dns/dns-default:dns" stands at each rule of a service's port.
INSERT OR IGNORE INTO dns_port
SELECT DISTINCT r.to_port FROM firewall_rule AS r
WHERE r.target = 'DNAT' AND r.to_port IS NOT NULL
  AND substr(r.comment, 1, instr(r.comment || ' ', ' ') - 1) IN (
      SELECT substr(s.comment, 1, instr(s.comment || ' ', ' ') - 1)
      FROM firewall_rule AS s
      WHERE s.destination_port = '53' AND s.comment LIKE '%/%:%');

-- A UDP port of the endpoints of a service that has port 53.
INSERT OR IGNORE INTO dns_port
SELECT DISTINCT CAST(p.value AS INTEGER)
FROM kube_object AS s
JOIN kube_object AS e ON e.kind = 'endpoint' AND e.namespace = s.namespace
 AND e.name = s.name AND e.ports NOT GLOB '*[^0-9A-Za-z/,]*'
JOIN json_each('["' || replace(e.ports, ',', '","') || '"]') AS p
WHERE s.kind = 'service' AND (s.ports LIKE '53/%' OR s.ports LIKE '%,53/%')
  AND p.value LIKE '%/UDP' AND CAST(p.value AS INTEGER) BETWEEN 1 AND 65535;
