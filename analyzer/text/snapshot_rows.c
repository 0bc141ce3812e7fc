#include "text/snapshot.h"

#include <string.h>

enum {
    VALUE_BYTES_MAX = 1024,
    DETAIL_BYTES_MAX = 200,
};

static bool may_name_interface(struct text name)
{
    /* IFNAMSIZ is 16, the NUL counted; dev_valid_name() of the kernel
     * forbids '/', ':' and blanks. */
    if (name.length == 0 || name.length > 15)
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] <= ' ' || name.bytes[i] == '/' ||
            name.bytes[i] == ':' || name.bytes[i] == 127)
            return false;
    return true;
}

void snapshot_set_interface(struct snapshot *snapshot, struct text name)
{
    if (!may_name_interface(name))
        return;
    if (text_equals(name, snapshot->interface) && snapshot->interfaces > 0)
        return;
    memcpy(snapshot->interface, name.bytes, name.length);
    snapshot->interface[name.length] = '\0';
    snapshot->interfaces++;
}

const char *snapshot_text(struct snapshot *snapshot, struct text text)
{
    return text.length == 0
               ? ""
               : text_copy_most(snapshot->arena, text, VALUE_BYTES_MAX);
}

const char *snapshot_optional(struct snapshot *snapshot, struct text text)
{
    return text.length == 0 ? NULL : snapshot_text(snapshot, text);
}

struct counter_row snapshot_counter_row(const struct snapshot *snapshot)
{
    struct counter_row row = COUNTER_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.source = snapshot->format->source;
    row.interface =
        snapshot->format->is_of_one_interface ? snapshot->interface : "";
    return row;
}

struct setting_row snapshot_setting_row(const struct snapshot *snapshot)
{
    struct setting_row row = SETTING_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.line = snapshot->line;
    row.source = snapshot->format->source;
    row.interface =
        snapshot->format->is_of_one_interface ? snapshot->interface : "";
    return row;
}

void snapshot_counter(struct snapshot *snapshot, const char *name,
                      int64_t value)
{
    struct counter_row row = snapshot_counter_row(snapshot);

    row.name = name;
    row.value = value;
    sink_put(snapshot->sink, TABLE_COUNTER, &row);
}

void snapshot_setting(struct snapshot *snapshot, const char *name,
                      struct text value)
{
    struct setting_row row = snapshot_setting_row(snapshot);

    row.name = name;
    row.value = snapshot_text(snapshot, value);
    sink_put(snapshot->sink, TABLE_SETTING, &row);
}

void snapshot_anomaly(struct snapshot *snapshot, const char *name,
                      struct text detail)
{
    struct anomaly_row row = ANOMALY_ROW_NONE;

    row.evidence_id = snapshot->evidence_id;
    row.name = name;
    row.line = snapshot->line > 0 ? snapshot->line : ABSENT;
    row.packets = 1;
    row.detail = text_copy_most(snapshot->arena, detail, DETAIL_BYTES_MAX);
    sink_anomaly(snapshot->sink, &row);
}

bool snapshot_number(struct text text, int64_t *value)
{
    if (text.length == 0 || text.length > 20)
        return false;
    if (text_integer(text, value))
        return true;
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
    *value = INT64_MAX;
    return true;
}
