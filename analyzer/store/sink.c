#include "store/sink.h"

void sink_anomaly(struct sink *sink, const struct anomaly_row *row)
{
    sink_put(sink, TABLE_ANOMALY, row);
}

void sink_clue(struct sink *sink, int64_t evidence_id, int64_t line,
               const char *name, const char *value)
{
    struct clue_row row = CLUE_ROW_NONE;

    row.evidence_id = evidence_id;
    row.line = line;
    row.name = name;
    row.value = value;
    sink_put(sink, TABLE_CLUE, &row);
}
