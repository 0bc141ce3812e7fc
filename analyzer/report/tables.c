#include "report/tables.h"

/* The words of the tables for the words of the views. */
#define WHEN(phase, phases)                                            \
    " CASE WHEN " phases " < 2 THEN 'all the time'"                    \
    "  WHEN " phases " = 2 AND " phase " = 0 THEN 'before the change'" \
    "  WHEN " phases " = 2 THEN 'after the change'"                    \
    "  WHEN " phase " = 0 THEN 'before change 1'"                      \
    "  ELSE 'after change ' || " phase " END"
#define PATH(path)                                     \
    " CASE " path " WHEN 'same-node' THEN 'same node'" \
    "  WHEN 'cross-node' THEN 'between nodes'"         \
    "  WHEN 'external' THEN 'out of the cluster' ELSE " path " END"
#define LEG(leg)                                                             \
    " CASE " leg " WHEN 'client-to-cache' THEN 'client to node-local cache'" \
    "  WHEN 'client-to-dns' THEN 'client to DNS server'"                     \
    "  WHEN 'cache-to-dns' THEN 'node-local cache to DNS server'"            \
    "  WHEN 'dns-to-upstream' THEN 'DNS server to upstream'"                 \
    "  ELSE " leg " END"
#define FAILURE(failure)                                       \
    " CASE " failure " WHEN 'no-answer' THEN 'never answered'" \
    "  WHEN 'query-lost' THEN 'question lost on the way'"      \
    "  WHEN 'query-damaged' THEN 'question damaged'"           \
    "  WHEN 'answer-lost' THEN 'answer lost on the way'"       \
    "  WHEN 'answer-damaged' THEN 'answer damaged'"            \
    "  WHEN 'late' THEN 'answered after the client had gone'"  \
    "  WHEN 'error-code' THEN 'answered with an error'"        \
    "  ELSE " failure " END"
#define FACTOR(factor, value)                                                 \
    " CASE " factor " WHEN 'path' THEN" PATH(                                 \
        value) "  WHEN 'transport' THEN 'over ' || upper(" value ")"          \
               "  WHEN 'via' THEN CASE " value " WHEN 'service'"              \
               "   THEN 'asked at the service address'"                       \
               "   ELSE 'asked at the server''s own address' END"             \
               "  WHEN 'client' THEN 'from ' || CASE " value                  \
               "   WHEN 'host' THEN 'the node itself' WHEN 'pod' THEN 'pods'" \
               "   ELSE " value " END"                                        \
               "  WHEN 'client-node' THEN 'from clients on ' || " value       \
               "  WHEN 'server-node' THEN 'to servers on ' || " value         \
               "  WHEN 'zone' THEN 'names ' || CASE " value                   \
               "   WHEN 'other' THEN 'outside the cluster'"                   \
               "   WHEN 'cluster' THEN 'of the cluster'"                      \
               "   ELSE " value " END"                                        \
               "  ELSE " factor " || ' ' || " value " END"

/* clang-format off */
/* A resolver's probes of itself are no questions of clients (as v_failed and
 * v_answered have it). "-" where nothing was asked. */
const char contrast_sql[] =
    "SELECT" PATH("path") " AS path,"
    " CASE WHEN tcp_asked = 0 THEN '-' ELSE tcp_answered || ' / ' || tcp_asked"
    "  END AS 'TCP answered / asked',"
    " CASE WHEN udp_asked = 0 THEN '-' ELSE udp_answered || ' / ' || udp_asked"
    "  END AS 'UDP answered / asked',"
    WHEN("phase", "phases") " AS 'when'"
    " FROM (SELECT path, phase, (SELECT count(*) FROM phase) AS phases,"
    "  sum(transport = 'tcp') AS tcp_asked,"
    "  sum(transport = 'tcp' AND outcome = 'answered') AS tcp_answered,"
    "  sum(transport = 'udp') AS udp_asked,"
    "  sum(transport = 'udp' AND outcome = 'answered') AS udp_answered"
    "  FROM (SELECT path, phase, transport, outcome, leg FROM v_answered"
    "   UNION ALL SELECT path, phase, transport, outcome, leg FROM v_failed)"
    "  WHERE leg <> 'client-to-cache' AND path IS NOT NULL"
    "  GROUP BY path, phase)"
    " ORDER BY phase, path DESC";

const char changes_sql[] =
    "SELECT CASE WHEN (SELECT count(*) FROM phase) = 2 THEN 'The change: '"
    "  ELSE 'Change ' || number || ': ' END || change"
    " || CASE WHEN change_earliest_ns IS NULL OR change_latest_ns IS NULL"
    "  THEN '' ELSE ', between ' || time_text(change_earliest_ns) || ' and '"
    "   || time_text(change_latest_ns) END || '.', after_ref"
    " FROM phase WHERE change IS NOT NULL ORDER BY number LIMIT 5";
/* clang-format on */

const char factor_sql[] = "SELECT" FACTOR(
    "factor",
    "value") " AS questions,"
             " failed || ' of ' || asked AS 'of these failed',"
             " other_failed || ' of ' || other_asked AS 'of all others failed',"
             " CASE WHEN explains = 1 THEN 'yes'"
             "  WHEN within IS NOT NULL AND odds_ratio >= 3"
             "   AND within_odds_ratio < 3 THEN 'no, the ' ||"
             "   CASE within WHEN 'via' THEN 'address asked'"
             "    WHEN 'client-node' THEN 'client node'"
             "    WHEN 'pair' THEN 'pair of nodes'"
             "    WHEN 'server-node' THEN 'server node'"
             "    WHEN 'client' THEN 'kind of client'"
             "    WHEN 'zone' THEN 'kind of name' ELSE within END || ' does'"
             "  ELSE 'no' END AS 'makes the difference'"
             " FROM factor WHERE failed > 0 AND (explains = 1 OR odds_ratio >= "
             "1)"
             " ORDER BY explains DESC, p, odds_ratio DESC, factor, value";

const char odds_sql[] = "SELECT" FACTOR(
    "factor",
    "value") " AS questions,"
             " CASE WHEN odds_ratio >= 1000 THEN '> 1000'"
             "  ELSE printf('%.1f', odds_ratio) END AS 'odds ratio',"
             " CASE WHEN p < 1e-9 THEN '< 1e-9' ELSE printf('%.2g', p) END AS "
             "p,"
             " within AS 'compared within', CASE WHEN within_odds_ratio IS "
             "NULL THEN ''"
             "  WHEN within_odds_ratio >= 1000 THEN '> 1000'"
             "  ELSE printf('%.1f', within_odds_ratio) END AS 'odds ratio "
             "there'"
             " FROM factor WHERE failed > 0 AND (explains = 1 OR odds_ratio >= "
             "1)"
             " ORDER BY explains DESC, p, odds_ratio DESC, factor, value";

const char timeline_sql[] =
    "SELECT CASE WHEN time_text(at_ns) LIKE '%Z'"
    "  THEN substr(rtrim(time_text(at_ns), 'Z'), 1, 23) || 'Z'"
    "  ELSE time_text(at_ns) END AS 'time (UTC)',"
    " printf('%+.1f s', (at_ns - coalesce((SELECT start_ns FROM v_window),"
    "  (SELECT min(at_ns) FROM v_timeline))) / 1e9) AS relative,"
    " replace(what, ' ()', '') AS what,"
    " ref AS reference FROM v_timeline";

const char herring_sql[] =
    "SELECT 'TCP against UDP: between nodes ' || tcp_failed || ' of '"
    "  || tcp_asked || ' questions over TCP and ' || udp_failed || ' of '"
    "  || udp_asked || ' over UDP failed; on one node '"
    "  || same_failed || ' of ' || same_asked || ' did. The transport is not'"
    "  || ' what makes the difference.',"
    " (SELECT min(ref) FROM v_failed WHERE path = 'cross-node') FROM ("
    "  SELECT sum(CASE WHEN path = 'cross-node' AND transport = 'tcp'"
    "    THEN failed ELSE 0 END) AS tcp_failed,"
    "   sum(CASE WHEN path = 'cross-node' AND transport = 'tcp'"
    "    THEN asked ELSE 0 END) AS tcp_asked,"
    "   sum(CASE WHEN path = 'cross-node' AND transport = 'udp'"
    "    THEN failed ELSE 0 END) AS udp_failed,"
    "   sum(CASE WHEN path = 'cross-node' AND transport = 'udp'"
    "    THEN asked ELSE 0 END) AS udp_asked,"
    "   sum(CASE WHEN path = 'same-node' THEN failed ELSE 0 END)"
    "    AS same_failed,"
    "   sum(CASE WHEN path = 'same-node' THEN asked ELSE 0 END) AS same_asked"
    "  FROM v_reachability WHERE leg <> 'client-to-cache'"
    "   AND phase IN (SELECT phase FROM v_failed))"
    " WHERE tcp_failed >= 3 AND udp_failed >= 3"
    "  AND same_failed * 20 <= same_asked"
    " UNION ALL"
    " SELECT 'CoreDNS itself: every DNS endpoint that was asked sent answers,'"
    "  || ' and on their own nodes they answered ' || answered || ' of '"
    "  || asked || ' questions.',"
    "  (SELECT min(ref) FROM v_answered WHERE path = 'same-node'"
    "   AND leg <> 'client-to-cache')"
    " FROM (SELECT sum(answered) AS answered, sum(asked) AS asked FROM v_pair"
    "  WHERE path = 'same-node')"
    " WHERE asked >= 5 AND answered * 20 >= asked * 19"
    "  AND EXISTS (SELECT 1 FROM v_failed WHERE path = 'cross-node')"
    "  AND NOT EXISTS (SELECT 1 FROM v_endpoint_count"
    "   WHERE asked >= 3 AND sent_answers = 0)"
    " UNION ALL"
    " SELECT 'NOTRACK rules: NodeLocalDNS said ' || count(*)"
    "  || ' times that it added one of its rules'"
    "  || CASE WHEN (SELECT sum(rcode IS NOT NULL) * 10 >= count(*) * 9"
    "    FROM exchange WHERE leg = 'client-to-cache'"
    "     AND outcome <> 'unknown')"
    "   THEN ', and the leg between clients and cache, where those rules are,'"
    "    || ' loses nothing.'"
    "   ELSE '; it does so at each start, which is no fault.' END,"
    "  min(ref) FROM v_log_event WHERE event = 'rule-added'"
    " HAVING count(*) > 0";

/* clang-format off */
const char impact_sql[] =
    "SELECT" LEG("leg") " AS leg, answered + failed AS asked, answered, failed,"
    " (SELECT group_concat(kind, ', ') FROM (SELECT"
    FAILURE("coalesce(f.failure, f.outcome)") " || ': ' || count(*) AS kind"
    "   FROM v_failed AS f WHERE f.leg = x.leg"
    "   GROUP BY coalesce(f.failure, f.outcome)"
    "   ORDER BY count(*) DESC, 1)) AS 'how they failed',"
    " (SELECT group_concat(client_node, ', ') FROM"
    "   (SELECT DISTINCT f.client_node FROM v_failed AS f"
    "    WHERE f.leg = x.leg ORDER BY 1)) AS 'client nodes'"
    " FROM (SELECT leg, sum(outcome = 'answered') AS answered,"
    "  sum(outcome <> 'answered') AS failed"
    "  FROM (SELECT leg, outcome FROM v_answered"
    "   UNION ALL SELECT leg, outcome FROM v_failed) GROUP BY leg) AS x"
    " ORDER BY leg";
/* clang-format on */

const char reachability_sql[] = "SELECT" LEG(
    "leg") " AS leg, client_node AS 'client node', client,"
           " server_node AS 'server node'," PATH(
               "path") " AS path,"
                       " CASE via WHEN 'service' THEN 'service' WHEN 'direct' "
                       "THEN 'server'"
                       "  ELSE via END AS 'address asked', transport," WHEN(
                           "phase",
                           "(SELECT count(*) FROM phase)") " AS 'when', asked,"
                                                           " answered, failed, "
                                                           "late, retried,"
                                                           " CASE WHEN p50_ms "
                                                           "IS NULL THEN '-' "
                                                           "ELSE "
                                                           "printf('%.2f', "
                                                           "p50_ms) END"
                                                           "  AS 'half within "
                                                           "ms',"
                                                           " CASE WHEN p99_ms "
                                                           "IS NULL THEN '-' "
                                                           "ELSE "
                                                           "printf('%.2f', "
                                                           "p99_ms) END"
                                                           "  AS '99 % within "
                                                           "ms'"
                                                           " FROM "
                                                           "v_reachability "
                                                           "ORDER BY "
                                                           "v_reachability.leg,"
                                                           " client_node, "
                                                           "client,"
                                                           " server_node, "
                                                           "v_reachability."
                                                           "path, via, "
                                                           "transport, phase";

const char checksum_sql[] =
    "SELECT node, pod, interface, direction,"
    " CASE WHEN depth > 0 THEN 'inner ' ELSE '' END || layer AS header, state,"
    " sum(packets) AS packets, min(ref(path, first_frame, NULL)) AS reference"
    " FROM v_checksum_place WHERE layer IN ('tcp', 'udp')"
    " GROUP BY node, pod, interface, direction, depth > 0, layer, state"
    " ORDER BY node, pod, interface, direction, depth > 0, layer, state";

const char counter_sql[] =
    "SELECT node, netns AS pod, name, min(\"from\") AS 'from',"
    " max(\"to\") AS 'to', max(\"to\") - min(\"from\") AS delta,"
    " max(to_ref) AS reference FROM v_counter_delta AS d"
    " WHERE source = (SELECT min(s.source) FROM v_counter_delta AS s"
    "   WHERE s.node = d.node AND s.netns = d.netns AND s.name = d.name)"
    " AND (name LIKE '%CsumErrors' OR name IN ('Tcp.RetransSegs',"
    "  'TcpExt.TCPSynRetrans', 'Udp.RcvbufErrors', 'conntrack.invalid',"
    "  'conntrack.error', 'conntrack.drop', 'conntrack.insert_failed'))"
    " GROUP BY node, netns, name HAVING max(\"to\") > min(\"from\")"
    " ORDER BY node, netns, name";

const char retransmission_sql[] =
    "SELECT from_node AS 'from', to_node AS 'to', path, syn AS 'SYN again',"
    " data AS 'data again', segments, ref AS reference"
    " FROM v_retransmission ORDER BY from_node, to_node, path";

const char read_sql[] =
    "SELECT CASE WHEN kind IS NULL THEN 'other' ELSE kind END AS kind,"
    " coalesce(node, '-') AS node, count(*) AS files,"
    " sum(facts) AS 'facts taken'"
    " FROM v_evidence WHERE status = 'read'"
    " GROUP BY kind, node ORDER BY kind, node IS NULL, node";

/* A file at the top stands for itself, an archive by its name. */
const char coverage_sql[] =
    "SELECT CASE WHEN length(folder) > 80"
    "  THEN '...' || substr(folder, -77) ELSE folder END AS file, node, kind,"
    " count(*) AS files, sum(facts) AS 'facts taken'"
    " FROM (SELECT *, CASE WHEN instr(path, '/') = 0 THEN path"
    "   ELSE rtrim(path, replace(path, '/', '')) END AS folder"
    "  FROM v_evidence) WHERE status = 'read'"
    " GROUP BY folder, node, kind ORDER BY folder, node, kind";

const char unread_sql[] = "SELECT path AS file, kind, status, why"
                          " FROM v_evidence WHERE status <> 'read'"
                          " ORDER BY path";

const char digest_sql[] =
    "SELECT path AS file, sha256 AS 'SHA-256' FROM v_evidence"
    " WHERE kind IN ('capture', 'archive') ORDER BY path";

const char clock_sql[] =
    "SELECT node, printf('%.3f', -offset_ns / 1e6) AS 'ahead by ms',"
    " printf('%.3f', error_ns / 1e6) AS 'error ms', packets, reference"
    " AS 'against' FROM clock_offset"
    " WHERE node <> reference ORDER BY node";
