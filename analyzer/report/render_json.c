/* The contract that scripts rely on: "wirecause.report/1". */
#include "report/report.h"
#include "report/section.h"
#include "report/words.h"

#include "base/clock.h"
#include "store/rows.h"
#include "store/store.h"

#include <stdio.h>

struct json_section {
    const char *key;
    const char *sql;
};

/* In the order of the document. */
static const struct json_section sections[] = {
    {
        .key = "reachability",
        .sql = "SELECT leg, client_node, client, server_node, path, via,"
               " transport, phase, asked, answered, failed, late, retried,"
               " round(p50_ms, 3) AS p50_ms, round(p99_ms, 3) AS p99_ms"
               " FROM v_reachability ORDER BY leg, client_node, client,"
               " server_node, path, via, transport, phase",
    },
    {
        .key = "factors",
        .sql = "SELECT factor || '=' || value AS factor, failed, asked,"
               " odds_ratio, p, within, within_odds_ratio,"
               " explains AS 'explains:bool', other_failed, other_asked"
               " FROM factor ORDER BY explains DESC, p, odds_ratio DESC,"
               " factor, value",
    },
    {
        .key = "checksums",
        .sql = "SELECT node, pod, interface, direction,"
               " CASE WHEN depth > 0 THEN 'inner ' ELSE '' END || layer"
               " AS layer,"
               " sum(CASE state WHEN 'ok' THEN packets ELSE 0 END) AS ok,"
               " sum(CASE state WHEN 'partial' THEN packets ELSE 0 END)"
               " AS partial,"
               " sum(CASE state WHEN 'lco' THEN packets ELSE 0 END) AS lco,"
               " sum(CASE state WHEN 'bad' THEN packets ELSE 0 END) AS bad,"
               " sum(CASE state WHEN 'zero' THEN packets ELSE 0 END) AS zero,"
               " sum(CASE state WHEN 'unverifiable' THEN packets ELSE 0 END)"
               " AS unverifiable, min(ref(path, first_frame, NULL)) AS ref"
               " FROM v_checksum_place"
               " GROUP BY node, pod, interface, direction, depth > 0, layer"
               " ORDER BY node, pod, interface, direction, depth > 0, layer",
    },
    {
        .key = "retransmissions",
        .sql = "SELECT from_node, to_node, path, syn, data, segments, ref"
               " FROM v_retransmission ORDER BY from_node, to_node, path",
    },
    {
        .key = "journeys",
        .sql = "SELECT what, fate,"
               " (SELECT json_group_array(json(stop)) FROM"
               "  (SELECT min(at_ns) AS first_ns, json_object('node', node,"
               "    'pod', pod, 'interface', interface,"
               "    'direction', direction, 'ref', ref,"
               "    'time', time_text(at_ns), 'checksum', checksum,"
               "    'outer_checksum', outer_checksum, 'from', src, 'to', dst)"
               "    AS stop FROM v_sighting AS s"
               "    WHERE s.exchange_id = j.exchange_id"
               "      AND s.packet = j.packet"
               "    GROUP BY node, pod, interface, stop"
               "    ORDER BY first_ns, CASE WHEN s.what IN ('query', 'syn')"
               "     THEN s.stop ELSE -s.stop END, s.path)) AS 'stops:json'"
               " FROM v_journey AS j ORDER BY exchange_id LIMIT 50",
    },
    {
        .key = "counters",
        .sql = "SELECT node, nullif(netns, '') AS pod,"
               " CASE WHEN interface <> '' THEN interface || ' ' ELSE '' END"
               " || name AS name, source, \"from\", \"to\", delta,"
               " json_array(from_ref, to_ref) AS 'ref:json'"
               " FROM v_counter_delta"
               " WHERE delta > 0 AND (name LIKE '%CsumErrors'"
               "  OR name IN ('Tcp.RetransSegs', 'TcpExt.TCPSynRetrans',"
               "   'Udp.RcvbufErrors', 'Udp.NoPorts', 'Ip.FragFails',"
               "   'Ip.ReasmFails', 'conntrack.invalid', 'conntrack.error',"
               "   'conntrack.drop', 'conntrack.insert_failed',"
               "   'TcpExt.IPReversePathFilter'))"
               " ORDER BY node, netns, name, source, interface, at_ns",
    },
    {
        .key = "timeline",
        .sql = "SELECT time_text(at_ns) AS time, what, ref FROM v_timeline",
    },
    {
        .key = "evidence",
        .sql = "SELECT path, kind, format, node, interface, sha256, facts,"
               " packets, status, why FROM v_evidence ORDER BY path",
    },
};

static void key(struct output *output, const char *name)
{
    output_format(output, "\"%s\": ", name);
}

static void string_member(struct output *output, const char *name,
                          const char *value)
{
    key(output, name);
    output_json(output, value);
    output_text(output, ", ");
}

static void string_list(struct output *output, const char *const *list)
{
    output_text(output, "[");
    for (size_t i = 0; list != NULL && list[i] != NULL; i++) {
        output_text(output, i > 0 ? ", " : "");
        output_json(output, list[i]);
    }
    output_text(output, "]");
}

static void time_value(struct output *output, int64_t at_ns)
{
    char text[CLOCK_TEXT_BYTES];

    output_json(output, at_ns == ABSENT ? NULL : clock_format(at_ns, text));
}

static void write_signs(struct output *output, const struct weighed_sign *signs,
                        size_t count)
{
    output_text(output, "[");
    for (size_t i = 0; i < count; i++) {
        const struct sign_result *sign = signs[i].sign;

        output_text(output, i > 0 ? ",\n       {" : "\n       {");
        string_member(output, "sign", sign->id);
        output_format(output, "\"weight\": %g, \"counted\": %s, ",
                      signs[i].weight, signs[i].is_counted ? "true" : "false");
        string_member(output, "says", sign->says);
        string_member(output, "why", signs[i].why);
        output_format(output, "\"rows\": %lld, \"evidence\": [",
                      (long long)sign->rows);
        for (size_t e = 0; e < sign->evidence_count; e++) {
            output_text(output, e > 0 ? ", {" : "{");
            string_member(output, "ref", sign->evidence[e].ref);
            key(output, "says");
            output_json(output, sign->evidence[e].says);
            output_text(output, "}");
        }
        output_text(output, "]}");
    }
    output_text(output, "]");
}

static void write_missing(struct output *output,
                          const struct cause_result *cause)
{
    output_text(output, "[");
    for (size_t i = 0; i < cause->missing_count; i++) {
        const struct sign_result *sign = cause->missing[i].sign;

        output_text(output, i > 0 ? ", {" : "{");
        string_member(output, "sign", sign->id);
        string_member(output, "needs", sign->missing);
        key(output, "collect");
        output_json(output, sign->collect);
        output_text(output, "}");
    }
    output_text(output, "]");
}

static void write_scope(struct output *output, const struct scope *scope)
{
    output_text(output, "{\"from_nodes\": ");
    string_list(output, scope->from_nodes);
    output_text(output, ", \"to_nodes\": ");
    string_list(output, scope->to_nodes);
    output_text(output, ", \"transports\": ");
    string_list(output, scope->transports);
    output_text(output, ", \"clients\": ");
    string_list(output, scope->clients);
    output_text(output, "}");
}

static void write_cause(struct output *output, const struct cause_result *cause)
{
    output_text(output, "{");
    string_member(output, "id", cause->id);
    string_member(output, "title", cause->title);
    output_format(output, "\"score\": %g, ", cause->score);
    string_member(output, "confidence", confidence_word(cause->confidence));
    string_member(output, "outcome", outcome_word(cause->outcome));
    string_member(output, "component", cause->component);
    string_member(output, "ruled_out_by", cause->ruled_out_by);
    key(output, "scope");
    write_scope(output, &cause->scope);
    output_text(output, ",\n     ");
    key(output, "supports");
    write_signs(output, cause->supports, cause->supports_count);
    output_text(output, ",\n     ");
    key(output, "contradicts");
    write_signs(output, cause->contradicts, cause->contradicts_count);
    output_text(output, ",\n     ");
    key(output, "missing");
    write_missing(output, cause);
    output_text(output, ",\n     \"fix\": ");
    string_list(output, cause->fix);
    output_text(output, ", \"undo\": ");
    string_list(output, cause->undo);
    output_text(output, ", \"verify\": ");
    string_list(output, cause->verify);
    output_text(output, ", \"references\": ");
    string_list(output, cause->references);
    output_text(output, ", \"false_positives\": ");
    string_list(output, cause->false_positives);
    output_text(output, "}");
}

static void write_verdict(struct output *output, const struct verdict *verdict)
{
    const struct scope scope = { verdict->from_nodes, verdict->to_nodes,
                                 verdict->transports, verdict->clients };

    output_text(output, "  \"verdict\": {\n    ");
    string_member(output, "status", status_word(verdict->status));
    output_text(output, "\"causes\": [");
    for (size_t i = 0; i < verdict->cause_count; i++) {
        output_text(output, i > 0 ? ", " : "");
        output_json(output, verdict->causes[i]->id);
    }
    output_text(output, "], ");
    string_member(output, "confidence", confidence_word(verdict->confidence));
    output_text(output, "\n    ");
    string_member(output, "summary", verdict->summary);
    output_text(output, "\n    ");
    string_member(output, "same_node", verdict->same_node);
    output_text(output, "\n    ");
    string_member(output, "cross_node", verdict->cross_node);
    output_text(output, "\n    \"scope\": ");
    write_scope(output, &scope);
    output_text(output, ",\n    \"window\": {\"start\": ");
    time_value(output, verdict->start_ns);
    output_text(output, ", \"end\": ");
    time_value(output, verdict->end_ns);
    output_text(output, ", \"fixed_at\": ");
    time_value(output, verdict->fixed_ns);
    output_text(output, "}\n  },\n");
}

static void write_gaps(struct output *output, const struct verdict *verdict)
{
    output_text(output, "  \"gaps\": [");
    for (size_t i = 0; i < verdict->gap_count; i++) {
        output_text(output, i > 0 ? ",\n    {" : "\n    {");
        string_member(output, "what", verdict->gaps[i].what);
        string_member(output, "so", verdict->gaps[i].so);
        key(output, "collect");
        output_json(output, verdict->gaps[i].collect);
        output_text(output, "}");
    }
    output_text(output, verdict->gap_count > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

bool render_json(const struct report_input *input, struct output *output,
                 struct failure *failure)
{
    const struct verdict *verdict = input->verdict;

    output_text(output, "{\n  \"schema\": \"wirecause.report/1\",\n"
                        "  \"tool\": {\"name\": \"wirecause\", ");
    string_member(output, "version", WIRECAUSE_VERSION);
    output_format(output, "\"rules\": {\"signs\": %zu, \"causes\": %zu, ",
                  verdict->sign_count, verdict->all_cause_count);
    key(output, "sha256");
    output_json(output, verdict->rules_sha256);
    output_text(output, "}},\n");
    write_verdict(output, verdict);
    output_text(output, "  \"causes\": [");
    for (size_t i = 0; i < verdict->all_cause_count; i++) {
        output_text(output, i > 0 ? ",\n    " : "\n    ");
        write_cause(output, &verdict->all_causes[i]);
    }
    output_text(output, "],\n");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        output_format(output, "  \"%s\": ", sections[i].key);
        if (!section_json(store_database(input->store), sections[i].sql, output,
                          failure))
            return fail_add(failure, "%s", sections[i].key);
        output_text(output, ",\n");
    }
    write_gaps(output, verdict);
    return true;
}
