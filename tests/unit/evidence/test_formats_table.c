#define _GNU_SOURCE /* memmem */
/* Every format that is read, its own sample, and what that yields.
 *
 * The rows of the readers' tables carry samples. Each is read here as a file
 * of a bundle is, known by content alone: its name says nothing, the kinds
 * bid, the best reads. The result is a table in Markdown, kept in
 * tests/formats-table.md, so that a change of a format is seen as a change of
 * a line there. After a change that is meant, copy the new one over it. */
#include "evidence/kinds.h"
#include "support/row_text.h"
#include "text/coredns.h"
#include "text/describe.h"
#include "text/log_message.h"
#include "text/objects_kinds.h"
#include "text/printed.h"
#include "text/snapshot.h"
#include "text/transcript.h"
#include "text/wrapper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    ROWS_LEAST = 60,
    SAMPLE_SHOWN = 76,
    ROW_SHOWN = 96,
    TABLES_MAX = 16,
};

static const char listing_path[] = TESTS_FOLDER "/formats-table.md";
static const char written_path[] = "formats-table.md";

struct row {
    const char *family;
    const char *name;
    const char *kind;   /* that must read it */
    const char *format; /* that it must say it is; NULL: none of its own */
    const char *sample;
};

struct listing {
    FILE *file;
    size_t rows;
    size_t wrong;
};

struct file_read {
    struct row_text rows;
    const char *kind;
};

static void read_as_a_file(struct file_read *read, const char *text)
{
    static const struct decode_options options;
    size_t length = strlen(text);
    size_t head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES;
    FILE *file = tmpfile();
    struct arena arena;
    struct input input = { .evidence_id = 1,
                           .size_bytes = (int64_t)length,
                           .path = "a/file",
                           .head = (const uint8_t *)text,
                           .head_bytes = head_bytes,
                           .arena = &arena };
    struct reading reading = { .decode = &options, .sink = &read->rows.sink };
    const struct kind *kind;

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fflush(file), 0);
    assert_int_equal(fseek(file, 0, SEEK_SET), 0);
    input.descriptor = fileno(file);
    arena_init(&arena);
    row_text_init(&read->rows);
    kind = kind_of(evidence_kinds, &input);
    read->kind = kind == NULL ? "nothing" : kind->name;
    if (kind != NULL)
        (void)kind->read(&input, &reading);
    arena_deinit(&arena);
    fclose(file);
}

/* A cell of the table: one line, no bar, cut where it is too long. */
static void print_cell(FILE *file, const char *text, size_t most)
{
    size_t shown = 0;

    for (; *text != '\0' && *text != '\n' && shown < most; text++, shown++) {
        if (*text == '|' || *text == '\\')
            fputc('\\', file);
        fputc(*text == '\t' || *text == '\x1b' ? ' ' : *text, file);
    }
    if (*text != '\0' && *text != '\n')
        fputs(" ...", file);
}

/* Facts, in the order in which their tables first occur. */
struct yields {
    struct {
        const char *name;
        int length;
        size_t count;
    } tables[TABLES_MAX];
    size_t table_count;
    const char *first; /* row, behind its table's name and place */
};

/* Who a file says it is, is not what it says; when it was taken, is. */
static bool is_fact(const char *line)
{
    size_t length = strcspn(line, "\n");

    if (strncmp(line, "anomaly:", 8) == 0)
        return false;
    return strncmp(line, "clue:", 5) != 0 ||
           memmem(line, length, "name='taken'", 12) != NULL;
}

static void count_table(struct yields *yields, const char *line)
{
    int length = (int)strcspn(line, ":");
    size_t i = 0;

    while (i < yields->table_count &&
           (yields->tables[i].length != length ||
            strncmp(yields->tables[i].name, line, (size_t)length) != 0))
        i++;
    assert_true(i < TABLES_MAX);
    if (i == yields->table_count) {
        yields->tables[i].name = line;
        yields->tables[i].length = length;
        yields->table_count++;
    }
    yields->tables[i].count++;
}

static const char *skip_place(const char *line)
{
    line += strcspn(line, ":") + 2;
    for (;;) {
        if (strncmp(line, "evidence_id=", 12) != 0 &&
            strncmp(line, "line=", 5) != 0)
            return line;
        line += strcspn(line, " \n");
        line += *line == ' ';
    }
}

static struct yields count_yields(const struct row_text *rows)
{
    struct yields yields = { .table_count = 0 };
    const char *line = rows->length > 0 ? rows->text : "";

    while (*line != '\0') {
        if (is_fact(line)) {
            count_table(&yields, line);
            if (yields.first == NULL)
                yields.first = skip_place(line);
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return yields;
}

/* "coredns log, cri" is cri. */
static bool says_format(const struct file_read *read, const char *format)
{
    const char *clue = read->rows.length == 0
                           ? NULL
                           : strstr(read->rows.text, "name='format' value='");
    size_t length = format == NULL ? 0 : strlen(format);
    const char *end;

    if (format == NULL)
        return true;
    if (clue == NULL)
        return false;
    clue += strlen("name='format' value='");
    end = strchr(clue, '\'');
    return end != NULL && (size_t)(end - clue) >= length &&
           strncmp(end - length, format, length) == 0;
}

/* The row's columns that say something. */
static void print_row(FILE *file, const char *row)
{
    char shown[1024];
    size_t used = 0;

    while (*row != '\n' && *row != '\0') {
        size_t length = strcspn(row, " \n");
        bool is_empty = length > 3 && memcmp(row + length - 3, "=''", 3) == 0;

        length += row[length] == ' ';
        if (!is_empty && used + length < sizeof shown) {
            memcpy(shown + used, row, length);
            used += length;
        }
        row += length;
    }
    shown[used] = '\0';
    print_cell(file, shown, ROW_SHOWN);
}

static void print_yields(FILE *file, const struct yields *yields)
{
    for (size_t i = 0; i < yields->table_count; i++)
        fprintf(file, "%s%.*s %zu", i > 0 ? ", " : "", yields->tables[i].length,
                yields->tables[i].name, yields->tables[i].count);
    fputs(": ", file);
    print_row(file, yields->first);
}

static void list_row(struct listing *listing, const struct row *row)
{
    struct file_read read;
    struct yields yields;

    read_as_a_file(&read, row->sample);
    yields = count_yields(&read.rows);
    fprintf(listing->file, "| %s | ", row->family);
    print_cell(listing->file, row->name, SAMPLE_SHOWN);
    fputs(" | `", listing->file);
    print_cell(listing->file, row->sample, SAMPLE_SHOWN);
    fputs("` | ", listing->file);
    if (yields.first != NULL)
        print_yields(listing->file, &yields);
    fputs(" |\n", listing->file);
    listing->rows++;
    if (strcmp(read.kind, row->kind) != 0 || yields.first == NULL ||
        !says_format(&read, row->format)) {
        print_error("%s, %s: read as %s, %s\n%s\n", row->family, row->name,
                    read.kind,
                    yields.first == NULL ? "yields nothing" : "yields",
                    read.rows.length > 0 ? read.rows.text : "");
        listing->wrong++;
    }
    row_text_deinit(&read.rows);
}

static void list_snapshots(struct listing *listing)
{
    const struct format_family *const *family = format_families();

    for (; *family != NULL; family++)
        for (size_t i = 0; i < (*family)->count; i++)
            for (size_t k = 0; k < FORMAT_SAMPLES_MAX; k++) {
                const struct format *format = &(*family)->formats[i];

                if (format->samples[k].text != NULL)
                    list_row(listing, &(struct row){ "snapshot", format->name,
                                                     "snapshot", format->name,
                                                     format->samples[k].text });
            }
}

static void list_wrappers(struct listing *listing)
{
    for (size_t i = 0; i < wrapper_count; i++) {
        char sample[512];

        snprintf(sample, sizeof sample, "%s%s",
                 wrappers[i].before == NULL ? "" : wrappers[i].before,
                 wrappers[i].sample);
        list_row(listing, &(struct row){ "log wrapper", wrappers[i].name, "log",
                                         wrappers[i].name, sample });
    }
}

static void list_coredns(struct listing *listing)
{
    for (size_t i = 0; i < coredns_sample_count; i++)
        list_row(listing, &(struct row){ "log line", "coredns", "log", NULL,
                                         coredns_samples[i].line });
}

/* Ordinary lines are rows without an event: they yield nothing on purpose. */
static void list_messages(struct listing *listing)
{
    for (size_t i = 0; i < log_message_table_count; i++)
        for (const struct log_message *message = log_message_tables[i];
             message->needle != NULL; message++)
            if (message->event != NULL)
                list_row(listing,
                         &(struct row){ "log line", message->event, "log", NULL,
                                        message->sample });
}

static void list_objects(struct listing *listing)
{
    for (size_t i = 0; i < kube_kind_count; i++)
        list_row(listing,
                 &(struct row){ "object", kube_kinds[i].kind, "objects", NULL,
                                kube_kinds[i].sample });
    for (size_t i = 0; i < describe_sample_count; i++)
        list_row(listing,
                 &(struct row){ "kubectl describe", describe_samples[i].kind,
                                "objects", "kubectl describe",
                                describe_samples[i].text });
    for (size_t i = 0; i < table_kind_count; i++)
        list_row(listing,
                 &(struct row){ "kubectl table", table_kinds[i].kind, "objects",
                                "kubectl table", table_kinds[i].sample });
}

static void list_probes(struct listing *listing)
{
    for (size_t i = 0; i < probe_tool_count; i++)
        for (size_t k = 0; k < PROBE_SAMPLES_MAX; k++)
            if (probe_tools[i]->samples[k] != NULL)
                list_row(listing, &(struct row){ "probe", probe_tools[i]->name,
                                                 "transcript", "transcript",
                                                 probe_tools[i]->samples[k] });
}

static void list_printed(struct listing *listing)
{
    for (size_t i = 0; i < printed_form_count; i++)
        list_row(listing, &(struct row){ "printed capture",
                                         printed_forms[i].name, "capture-text",
                                         NULL, printed_forms[i].sample });
    list_row(listing,
             &(struct row){ "printed capture", "tshark", "capture-text",
                            "tshark text", printed_tshark_sample });
    for (size_t i = 0; i < printed_tunnel_count; i++)
        list_row(listing,
                 &(struct row){ "printed tunnel", printed_tunnels[i].name,
                                "capture-text", NULL,
                                printed_tunnels[i].sample });
}

/* Where the listing that is kept and the one just written part. */
static size_t differing_line(void)
{
    char kept[4096];
    char now[4096];
    FILE *listing = fopen(listing_path, "r");
    FILE *written = fopen(written_path, "r");
    size_t line = 0;
    bool is_same = listing != NULL && written != NULL;

    while (is_same) {
        const char *left = fgets(kept, sizeof kept, listing);
        const char *right = fgets(now, sizeof now, written);

        line++;
        if (left == NULL && right == NULL)
            line = 0;
        if (left == NULL || right == NULL || strcmp(left, right) != 0) {
            if (line > 0)
                print_error("line %zu is now\n%s", line,
                            right == NULL ? "missing\n" : right);
            break;
        }
    }
    if (listing == NULL)
        line = 1;
    else
        fclose(listing);
    if (written != NULL)
        fclose(written);
    return line;
}

static void every_row_reads_its_sample(void **state)
{
    struct listing listing = { .file = fopen(written_path, "w") };

    (void)state;
    assert_non_null(listing.file);
    fputs("<!-- Written by tests/unit/evidence/test_formats_table.c from the "
          "rows of the readers' tables. -->\n"
          "| of | format | sample, its first line | yields, and the first row "
          "|\n|---|---|---|---|\n",
          listing.file);
    list_snapshots(&listing);
    list_wrappers(&listing);
    list_coredns(&listing);
    list_messages(&listing);
    list_objects(&listing);
    list_probes(&listing);
    list_printed(&listing);
    fprintf(listing.file, "\n%zu rows\n", listing.rows);
    fclose(listing.file);
    assert_int_equal(listing.wrong, 0);
    assert_true(listing.rows >= ROWS_LEAST);
    if (differing_line() != 0)
        fail_msg("the formats are not those of %s: see what changed, then "
                 "copy %s over it",
                 listing_path, written_path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_reads_its_sample),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
