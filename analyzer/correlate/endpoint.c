#include "correlate/endpoint.h"

#include "correlate/sql.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    CAPTURES_MAX = 4096,
};

/* A capture and the tunnel endpoint it stands at. */
struct local {
    int64_t evidence_id;
    const char *node; /* where its path names one */
    const char *address;
};

struct locals {
    struct sqlite3 *database;
    struct arena arena;
    struct local *list;
    struct text *paths;
    bool *is_own;
    size_t count;
};

/* What parts the words of a path; a dot and a dash only on the second try,
 * since host names hold them. */
static const char *const separators[] = { "/_@+=, ", "/_@+=, .-" };

static bool is_in(char byte, const char *set)
{
    return strchr(set, byte) != NULL && byte != '\0';
}

/* The path without ".pcap" and what follows. */
static struct text stem_of(struct text path)
{
    static const char *const endings[] = { ".pcap", ".cap", ".dump" };

    for (size_t i = path.length; i-- > 0 && path.bytes[i] != '/';)
        for (size_t e = 0; e < sizeof endings / sizeof endings[0]; e++) {
            size_t length = strlen(endings[e]);

            if (path.length - i >= length &&
                memcmp(path.bytes + i, endings[e], length) == 0)
                return text_first(path, i);
        }
    return path;
}

static size_t word_length(struct text text, const char *separator)
{
    size_t length = 0;

    while (length < text.length && !is_in(text.bytes[length], separator))
        length++;
    return length;
}

static bool has_word(struct text path, struct text word, const char *separator)
{
    struct text rest = stem_of(path);

    while (rest.length > 0) {
        size_t length = word_length(rest, separator);

        if (length == word.length &&
            memcmp(rest.bytes, word.bytes, length) == 0)
            return true;
        rest = text_from(rest, length < rest.length ? length + 1 : length);
    }
    return false;
}

static bool is_distinct(const struct text *paths, const bool *is_own,
                        size_t count, struct text word, const char *separator)
{
    bool has_other = false;

    for (size_t i = 0; i < count; i++) {
        if (has_word(paths[i], word, separator) != is_own[i])
            return false;
        has_other = has_other || !is_own[i];
    }
    return has_other; /* of one host alone, every word would do */
}

const char *endpoint_word(struct arena *arena, const struct text *paths,
                          const bool *is_own, size_t count)
{
    size_t first = 0;

    while (first < count && !is_own[first])
        first++;
    for (size_t s = 0; first < count && s < 2; s++) {
        struct text rest = stem_of(paths[first]);
        struct text best = text_first(rest, 0);

        while (rest.length > 0) {
            size_t length = word_length(rest, separators[s]);
            struct text word = text_first(rest, length);

            if (length > best.length && length > 1 &&
                is_distinct(paths, is_own, count, word, separators[s]))
                best = word;
            rest = text_from(rest, length < rest.length ? length + 1 : length);
        }
        if (best.length > 0)
            return text_copy(arena, best);
    }
    return NULL;
}

static bool load(struct locals *locals, struct failure *failure)
{
    struct sqlite3_stmt *rows = sql_prepare(
        locals->database,
        "SELECT e.id, e.path, e.node, address_text(l.address)"
        " FROM local_endpoint AS l JOIN evidence AS e ON e.id = l.evidence_id"
        " JOIN endpoint AS p ON p.address = l.address AND NOT p.is_known"
        " ORDER BY l.address, e.path LIMIT 4096",
        failure);
    bool ok = rows != NULL;

    while (ok && sql_next(rows, &ok, failure) && locals->count < CAPTURES_MAX) {
        size_t at = locals->count++;

        locals->list[at] = (struct local){
            .evidence_id = sql_integer(rows, 0),
            .node = sql_text(&locals->arena, rows, 2),
            .address = sql_text(&locals->arena, rows, 3),
        };
        locals->paths[at] = text_of(sql_text(&locals->arena, rows, 1));
    }
    sqlite3_finalize(rows);
    return ok;
}

/* The node that the paths of one host's captures name, if they agree. */
static const char *node_of(const struct locals *locals, size_t from, size_t to)
{
    const char *node = NULL;

    for (size_t i = from; i < to; i++) {
        const char *other = locals->list[i].node;

        if (node != NULL && other != NULL && strcmp(node, other) != 0)
            return NULL;
        node = other != NULL ? other : node;
    }
    return node;
}

static bool learn_host(struct locals *locals, struct path_names *nodes,
                       size_t from, size_t to, struct failure *failure)
{
    const char *node = node_of(locals, from, to);
    struct sqlite3_stmt *insert =
        sql_prepare(locals->database,
                    "INSERT INTO learned_node VALUES"
                    " (address_of(:address), :node, :evidence_id)",
                    failure);
    bool ok = insert != NULL;

    for (size_t i = 0; i < locals->count; i++)
        locals->is_own[i] = i >= from && i < to;
    if (node == NULL)
        node = endpoint_word(nodes->arena, locals->paths, locals->is_own,
                             locals->count);
    if (node == NULL)
        node = locals->list[from].address;
    path_names_add(nodes, arena_format(nodes->arena, "%s", node),
                   arena_format(nodes->arena, "%s", node));
    if (ok) {
        sql_bind_text(insert, ":address", locals->list[from].address);
        sql_bind_text(insert, ":node", node);
        sql_bind_integer(insert, ":evidence_id",
                         locals->list[from].evidence_id);
        ok = sql_done(insert, failure);
    }
    sqlite3_finalize(insert);
    return ok;
}

/* Hosts at which nothing was captured are known by address only. */
static const char far_hosts_sql[] =
    "INSERT INTO learned_node"
    " SELECT p.address, address_text(p.address),"
    "  (SELECT min(t.evidence_id) FROM traffic AS t"
    "   WHERE p.address IN (t.source, t.destination))"
    " FROM endpoint AS p"
    " WHERE NOT p.is_known"
    "  AND p.address NOT IN (SELECT address FROM learned_node);"
    "DROP TABLE endpoint;";

bool endpoint_learn(struct sqlite3 *database, struct path_names *nodes,
                    struct failure *failure)
{
    struct locals locals = {
        .database = database,
        .list = memory_allocate(CAPTURES_MAX, sizeof *locals.list),
        .paths = memory_allocate(CAPTURES_MAX, sizeof *locals.paths),
        .is_own = memory_allocate(CAPTURES_MAX, sizeof *locals.is_own),
    };
    bool ok;

    arena_init(&locals.arena);
    ok = sql_run(database, "endpoint", failure) && load(&locals, failure);
    for (size_t from = 0; ok && from < locals.count;) {
        size_t to = from + 1;

        while (to < locals.count &&
               strcmp(locals.list[to].address, locals.list[from].address) == 0)
            to++;
        ok = learn_host(&locals, nodes, from, to, failure);
        from = to;
    }
    ok = ok && sql_execute(database, far_hosts_sql, failure);
    free(locals.list);
    free(locals.paths);
    free(locals.is_own);
    arena_deinit(&locals.arena);
    return ok;
}
