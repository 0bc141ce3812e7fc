#include "store/functions.h"

#include "base/clock.h"
#include "base/pattern.h"
#include "store/address.h"
#include "store/rows.h"

#include <sqlite3.h>
#include <string.h>

static struct address value_address(sqlite3_value *value)
{
    if (sqlite3_value_type(value) != SQLITE_BLOB)
        return (struct address){ 0 };
    return address_of(sqlite3_value_blob(value),
                      (size_t)sqlite3_value_bytes(value));
}

static struct text value_text(sqlite3_value *value)
{
    const char *bytes = (const char *)sqlite3_value_text(value);

    return text_slice(bytes, (size_t)sqlite3_value_bytes(value));
}

static void address_text(sqlite3_context *context, int count,
                         sqlite3_value **values)
{
    char text[ADDRESS_TEXT_BYTES];
    struct address address = value_address(values[0]);

    (void)count;
    if (address.length > 0)
        sqlite3_result_text(context, address_format(&address, text), -1,
                            SQLITE_TRANSIENT);
}

static void time_text(sqlite3_context *context, int count,
                      sqlite3_value **values)
{
    char text[CLOCK_TEXT_BYTES];

    (void)count;
    if (sqlite3_value_type(values[0]) != SQLITE_INTEGER)
        return;
    sqlite3_result_text(context,
                        clock_format(sqlite3_value_int64(values[0]), text), -1,
                        SQLITE_TRANSIENT);
}

/* 'issue.md#L12' is the piece of a document that begins at that line; what is
 * in it is found in the document. Returns the length without the mark, and
 * the line in *first, or the whole length. */
static int document_length(const char *path, int64_t *first)
{
    struct text text = text_of(path);
    size_t at = text.length;

    while (at > 0 && path[at - 1] >= '0' && path[at - 1] <= '9')
        at--;
    if (at < 2 || path[at - 1] != 'L' || path[at - 2] != '#' ||
        !text_integer(text_from(text, at), first))
        return (int)text.length;
    return (int)at - 2;
}

static char *ref_text(const char *path, bool has_frame, bool has_place,
                      int64_t place)
{
    int64_t first = 0;
    int length = document_length(path, &first);

    if (has_frame && place >= LINE_AS_FRAME) {
        has_frame = false;
        place -= LINE_AS_FRAME;
    }
    if (has_place)
        return sqlite3_mprintf("%.*s%c%lld", length, path,
                               has_frame ? '#' : ':', place);
    if (first > 0)
        return sqlite3_mprintf("%.*s:%lld", length, path, first);
    return sqlite3_mprintf("%s", path);
}

static void ref(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *path = (const char *)sqlite3_value_text(values[0]);
    bool has_frame = sqlite3_value_type(values[1]) != SQLITE_NULL;
    bool has_line = sqlite3_value_type(values[2]) != SQLITE_NULL;
    sqlite3_value *place = values[has_frame ? 1 : 2];
    char *text;

    (void)count;
    if (path == NULL)
        return;
    text = ref_text(path, has_frame, has_frame || has_line,
                    sqlite3_value_int64(place));
    if (text == NULL)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text(context, text, -1, sqlite3_free);
}

static void pattern_free(void *pattern)
{
    pattern_destroy(pattern);
}

/* The pattern of this call; SQLite keeps it for as long as the statement has
 * the same constant. */
static struct pattern *pattern_of(sqlite3_context *context,
                                  sqlite3_value *value)
{
    struct failure failure = { "" };
    struct pattern *pattern = sqlite3_get_auxdata(context, 0);

    if (pattern != NULL)
        return pattern;
    pattern = pattern_create((const char *)sqlite3_value_text(value), &failure);
    if (pattern == NULL) {
        sqlite3_result_error(context, failure.text, -1);
        return NULL;
    }
    sqlite3_set_auxdata(context, 0, pattern, pattern_free);
    return sqlite3_get_auxdata(context, 0);
}

/* "x REGEXP y" calls regexp(y, x). */
static void regexp(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct pattern *pattern;
    enum pattern_result result;

    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL ||
        sqlite3_value_type(values[1]) == SQLITE_NULL)
        return;
    pattern = pattern_of(context, values[0]);
    if (pattern == NULL)
        return;
    result = pattern_match(pattern, value_text(values[1]));
    if (result == PATTERN_ERROR)
        sqlite3_result_error(context, "REGEXP: match limit reached", -1);
    else
        sqlite3_result_int(context, result == PATTERN_MATCH);
}

static bool shares_bits(const struct address *a, const struct address *b,
                        int64_t bits)
{
    size_t whole = (size_t)bits / 8;
    unsigned mask = 0xffu & (0xff00u >> (bits % 8));

    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return false;
    return mask == 0 || ((a->bytes[whole] ^ b->bytes[whole]) & mask) == 0;
}

static void same_subnet(sqlite3_context *context, int count,
                        sqlite3_value **values)
{
    struct address a = value_address(values[0]);
    struct address b = value_address(values[1]);
    int64_t bits = sqlite3_value_int64(values[2]);

    (void)count;
    if (a.length == 0 || b.length == 0 ||
        sqlite3_value_type(values[2]) != SQLITE_INTEGER)
        return;
    sqlite3_result_int(context, a.length == b.length && bits >= 0 &&
                                    bits <= a.length * 8 &&
                                    shares_bits(&a, &b, bits));
}

/* Nouns that end in y come without their "ies" only in the singular. */
static void counted(sqlite3_context *context, int count, sqlite3_value **values)
{
    int64_t number = sqlite3_value_int64(values[0]);
    struct text noun = value_text(values[1]);
    bool is_many = number != 1;
    bool is_in_y = is_many && text_ends(noun, "y");

    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL)
        return;
    sqlite3_result_text(context,
                        sqlite3_mprintf("%lld %.*s%s", (long long)number,
                                        (int)noun.length - (is_in_y ? 1 : 0),
                                        noun.bytes,
                                        is_in_y   ? "ies"
                                        : is_many ? "s"
                                                  : ""),
                        -1, sqlite3_free);
}

/* To add a function: one row here, and its line in functions.h. */
static const struct {
    const char *name;
    int arguments;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
} functions[] = {
    { .name = "address_text", .arguments = 1, .call = address_text },
    { .name = "time_text", .arguments = 1, .call = time_text },
    { .name = "ref", .arguments = 3, .call = ref },
    { .name = "regexp", .arguments = 2, .call = regexp },
    { .name = "same_subnet", .arguments = 3, .call = same_subnet },
    { .name = "counted", .arguments = 2, .call = counted },
};

bool functions_register(struct sqlite3 *database, struct failure *failure)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (sqlite3_create_function_v2(
                database, functions[i].name, functions[i].arguments,
                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                functions[i].call, NULL, NULL, NULL) != SQLITE_OK)
            return fail(failure, "function %s: %s", functions[i].name,
                        sqlite3_errmsg(database));
    return true;
}
