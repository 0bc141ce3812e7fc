/* Lines of logs in a file of objects: kubectl cluster-info dump, Loki. */
#include "text/objects.h"

struct log_reader *objects_log(struct objects *objects)
{
    objects_note_format(objects, "logs");
    if (objects->log == NULL)
        objects->log = log_reader_create(objects->input, objects->sink);
    return objects->log;
}

/* kubectl cluster-info dump ends in the logs of all pods. */
bool objects_take_log(struct objects *objects, struct text line)
{
    struct log_reader *log;
    bool is_end = false;

    if (!text_starts(line, "==== START logs for"))
        return false;
    log = objects_log(objects);
    do {
        is_end = text_starts(line, "==== END logs for");
        log_reader_take(log, line, objects->source.line,
                        line.length == SOURCE_AHEAD_BYTES);
        source_skip_line(&objects->source);
    } while (!is_end && !objects->sink->is_closed &&
             source_line_ahead(&objects->source, &line));
    log_reader_end_part(log);
    return true;
}

void objects_finish_log(struct objects *objects)
{
    if (objects->log == NULL)
        return;
    if (log_reader_finish(objects->log) == READ_PARTLY)
        objects->is_partly = true;
    log_reader_destroy(objects->log);
}
