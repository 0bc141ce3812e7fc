/* What the readers of Kubernetes objects share: the file at hand, and the
 * account of what was found in it and not used. */
#pragma once

#include "text/log_lines.h"
#include "text/objects_source.h"
#include "text/objects_tree.h"
#include "text/readers.h"

enum {
    OBJECTS_UNUSED_MAX = 48,
    OBJECTS_FORMATS_MAX = 8,
    OBJECTS_NAME_BYTES = 64,
    OBJECTS_DETAIL_BYTES = 2048,
    OBJECTS_SETTINGS_MAX = 512, /* of one object */
};

struct objects {
    struct input *input;
    struct sink *sink;
    struct source source;
    struct tree tree;

    /* Of the kubectl command before a table without NAMESPACE column. */
    char namespace[OBJECTS_NAME_BYTES];

    struct {
        char kind[OBJECTS_NAME_BYTES];
        int64_t objects;
    } unused[OBJECTS_UNUSED_MAX];
    size_t unused_count;
    int64_t unused_objects;
    int64_t unused_line;

    const char *formats[OBJECTS_FORMATS_MAX];
    size_t format_count;
    struct log_reader *log; /* NULL: no log was met */
    bool is_partly;
};

/* Says which syntax was found; each once. */
void objects_note_format(struct objects *objects, const char *format);
/* Counts an object, or a row of a table, that nothing here makes use of. */
void objects_note_unused(struct objects *objects, struct text kind,
                         int64_t line);
/* Evidence that is wrong here. `detail` must hold nothing of an object's
 * content, which may be secret. */
void objects_note_wrong(struct objects *objects, const char *name, int64_t line,
                        const char *detail);
/* Reads one document of JSON or YAML at the source's place. */
void objects_read_document(struct objects *objects, bool is_json);

/* Text of a row, which lives until the object is done with. */
const char *objects_copy(struct objects *objects, struct text text);
/* As objects_copy, NULL if there is no text. */
const char *objects_copy_some(struct objects *objects, struct text text);

/* 'key=value; key=value' for the column `detail`. */
struct detail {
    char bytes[OBJECTS_DETAIL_BYTES];
    size_t used;
};

/* Adds a pair unless the value is empty. */
void detail_add(struct detail *detail, const char *key, struct text value);
/* NULL if nothing was added. */
const char *detail_text(struct objects *objects, const struct detail *detail);

/* One setting row. Values of keys that name a secret are left out. */
void objects_put_setting(struct objects *objects, int64_t line,
                         const char *source, struct text name,
                         struct text value);
/* A setting for each scalar under `root`, its name the dotted path. `prefix`
 * ("NODE/" or "") goes in front. */
void objects_put_settings(struct objects *objects, const struct node *root,
                          const char *source, const char *prefix);
/* Parses JSON or YAML in a scalar and hands its root to `take`. */
void objects_parse_scalar(struct objects *objects, const struct node *scalar,
                          tree_take_fn *take, void *context);

/* The reader of log lines that the file holds among its objects. */
struct log_reader *objects_log(struct objects *objects);
/* Takes the logs of a container, if the line at the source's place begins some.
 */
bool objects_take_log(struct objects *objects, struct text line);
/* At the end of the file. */
void objects_finish_log(struct objects *objects);
/* True if the head of a file is that of an answer of Loki, or of what Grafana
 * exports of one. */
bool loki_begins(struct text head);

/* The table at the source's place, header first. */
void objects_read_table(struct objects *objects);
/* True if the line is the header of a kubectl table. */
bool objects_is_header(struct text line);
/* True if the line is the header of a table that gives rows. */
bool objects_is_known_header(struct text line);

/* One object of any kind (a tree_take_fn: the context is the objects). */
void kube_object_read(void *context, const struct node *object,
                      const char *list_kind);

typedef void kube_read_fn(struct objects *objects, const struct node *object);

kube_read_fn kube_pod_read;
kube_read_fn kube_node_read;
kube_read_fn kube_calico_node_read;
kube_read_fn kube_cilium_node_read;
kube_read_fn kube_service_read;
kube_read_fn kube_endpoints_read;
kube_read_fn kube_slice_read;
kube_read_fn kube_config_map_read;
kube_read_fn kube_daemon_set_read;
kube_read_fn kube_singleton_read;
kube_read_fn kube_pool_read;
kube_read_fn loki_streams_read;
kube_read_fn loki_line_read;

/* What the objects have in common. */
void kube_fill_row(struct objects *objects, const struct node *object,
                   struct kube_object_row *row);
/* Status of the condition of a type: "True", "False", "Unknown" or "". */
struct text kube_condition(const struct node *object, const char *type);
/* '53/UDP,53/TCP' from a list of ports; NULL if it is empty. */
const char *kube_ports(struct objects *objects, const struct node *ports);
