/* Readers that crash, hang, flood or talk nonsense are facts about a file. */
#include "load_fixture.h"

#include <signal.h>

static bool named(const struct input *input, const char *prefix)
{
    return text_starts(input_name(input), prefix);
}

static void put_clues(struct input *input, struct reading *reading,
                      int64_t count)
{
    for (int64_t line = 1; line <= count && !reading->sink->is_closed; line++)
        sink_clue(reading->sink, input->evidence_id, line, "hostname", "a");
}

static int bid_good(const struct input *input)
{
    return named(input, "good") ? 50 : 0;
}

static enum read_status read_good(struct input *input, struct reading *reading)
{
    bool was_cut;

    put_clues(input, reading, input->size_bytes);
    assert_int_equal(input_whole(input, 1 << 20, &was_cut).length,
                     input->size_bytes);
    sink_clue(reading->sink, input->evidence_id, ABSENT, "format", "good text");
    return READ_WHOLE;
}

static int bid_crash(const struct input *input)
{
    return named(input, "crash") ? 50 : 0;
}

static enum read_status read_crash(struct input *input, struct reading *reading)
{
    /* More than a pipe's buffer, so that some of it arrives. */
    put_clues(input, reading, 20000);
    (void)signal(SIGSEGV, SIG_DFL);
    (void)raise(SIGSEGV);
    return READ_WHOLE;
}

static int bid_hang(const struct input *input)
{
    return named(input, "hang") ? 50 : 0;
}

static enum read_status read_hang(struct input *input, struct reading *reading)
{
    put_clues(input, reading, 3);
    while (!reading->sink->is_closed)
        (void)sleep(1000);
    return READ_WHOLE;
}

static int bid_spin(const struct input *input)
{
    return named(input, "spin") ? 50 : 0;
}

static enum read_status read_spin(struct input *input, struct reading *reading)
{
    volatile uint64_t turns = 0;

    (void)input;
    while (!reading->sink->is_closed)
        turns++;
    return READ_WHOLE;
}

static int bid_flood(const struct input *input)
{
    return named(input, "flood") ? 50 : 0;
}

static enum read_status read_flood(struct input *input, struct reading *reading)
{
    put_clues(input, reading, INT64_MAX);
    return READ_WHOLE;
}

static int bid_lie(const struct input *input)
{
    return named(input, "lie") ? 50 : 0;
}

/* Rows for another file. */
static enum read_status read_lie(struct input *input, struct reading *reading)
{
    put_clues(input, reading, 5);
    sink_clue(reading->sink, input->evidence_id + 1, 1, "hostname", "b");
    put_clues(input, reading, 5);
    return READ_WHOLE;
}

static int bid_null(const struct input *input)
{
    return named(input, "null") ? 50 : 0;
}

/* A required column left out. */
static enum read_status read_null(struct input *input, struct reading *reading)
{
    put_clues(input, reading, 2);
    sink_clue(reading->sink, input->evidence_id, 1, NULL, "b");
    return READ_WHOLE;
}

static int bid_noise(const struct input *input)
{
    return named(input, "noise") ? 50 : 0;
}

/* Bytes that are no records, past the sink: the pipe is descriptor 4. */
static enum read_status read_noise(struct input *input, struct reading *reading)
{
    static const char noise[] = "\xff\xff\xff\x7fnoise";

    (void)input;
    (void)reading;
    (void)!write(4, noise, sizeof noise);
    return READ_WHOLE;
}

static int bid_escape(const struct input *input)
{
    return named(input, "escape") ? 50 : 0;
}

static void try_it(struct input *input, struct reading *reading,
                   const char *what, bool worked)
{
    struct clue_row row = CLUE_ROW_NONE;

    row.evidence_id = input->evidence_id;
    row.name = what;
    row.value = worked ? "worked" : "refused";
    sink_put(reading->sink, TABLE_CLUE, &row);
}

static enum read_status read_escape(struct input *input,
                                    struct reading *reading)
{
    try_it(input, reading, "open", open("/etc/passwd", O_RDONLY) >= 0);
    try_it(input, reading, "create",
           open("/tmp/wirecause-escape", O_CREAT | O_WRONLY, 0600) >= 0);
    try_it(input, reading, "unlink", unlink("/tmp/wirecause-victim") == 0);
    try_it(input, reading, "kill", kill(getppid(), 0) == 0);
    try_it(input, reading, "fork", fork() >= 0);
    try_it(input, reading, "descriptor", fcntl(5, F_GETFD) >= 0);
    return READ_WHOLE;
}

static const struct kind kinds[] = {
    { .name = "snapshot", .bid = bid_good, .read = read_good },
    { .name = "log", .bid = bid_crash, .read = read_crash },
    { .name = "log", .bid = bid_hang, .read = read_hang },
    { .name = "log", .bid = bid_spin, .read = read_spin },
    { .name = "log", .bid = bid_flood, .read = read_flood },
    { .name = "log", .bid = bid_lie, .read = read_lie },
    { .name = "log", .bid = bid_null, .read = read_null },
    { .name = "log", .bid = bid_noise, .read = read_noise },
    { .name = "log", .bid = bid_escape, .read = read_escape },
    { .name = NULL },
};

static int64_t clues_of(struct fixture *fixture, const char *name)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM clue JOIN evidence"
             " ON evidence.id = evidence_id WHERE path = '%s'",
             name);
    return fixture_number(fixture, sql);
}

static void good_files_are_whole(void **state)
{
    struct fixture *fixture = fixture_open(kinds);

    (void)state;
    fixture_text(fixture, "good.1", "abc");
    fixture_load(fixture);
    assert_status(fixture, "good.1", "read");
    assert_int_equal(clues_of(fixture, "good.1"), 4);
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM evidence"
                                " WHERE format = 'good text' AND facts = 4"
                                " AND kind = 'snapshot' AND size_bytes = 3"
                                " AND sha256 = 'ba7816bf8f01cfea414140de5dae"
                                "2223b00361a396177a9cb410ff61f20015ad'"),
        1);
    fixture_close(fixture);
}

static void broken_readers_are_facts(void **state)
{
    static const char *const names[] = { "crash", "flood", "good", "hang",
                                         "lie",   "noise", "null" };
    struct fixture *fixture = fixture_open(kinds);

    (void)state;
    fixture->options.reader_seconds = 4;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        fixture_text(fixture, names[i], "abc");
    fixture_load(fixture);
    assert_non_null(strstr(fixture_status(fixture, "crash"),
                           "partly read: reader died: signal 11 after "));
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"
                                             " JOIN clue ON evidence_id = id"
                                             " WHERE path = 'crash'"),
                     fixture_number(fixture, "SELECT facts FROM evidence"
                                             " WHERE path = 'crash'"));
    assert_true(clues_of(fixture, "crash") > 1000);
    assert_status(fixture, "flood",
                  "partly read: reader floods after 100003 rows");
    assert_status(fixture, "hang", "refused: reader hangs after 0 rows");
    assert_status(fixture, "lie",
                  "partly read: reader broke the protocol after 5 rows");
    assert_status(fixture, "null",
                  "partly read: reader broke the protocol after 2 rows");
    assert_status(fixture, "noise",
                  "refused: reader broke the protocol after 0 rows");
    assert_status(fixture, "good", "read");
    assert_int_equal(clues_of(fixture, "good"), 4);
    fixture_close(fixture);
}

static void spinning_ends(void **state)
{
    struct fixture *fixture = fixture_open(kinds);
    const char *status;

    (void)state;
    fixture->options.reader_seconds = 1;
    fixture_text(fixture, "good", "abc");
    fixture_text(fixture, "spin", "abc");
    fixture_load(fixture);
    status = fixture_status(fixture, "spin");
    assert_true(
        strcmp(status,
               "refused: reader used up its processor time after 0 rows") ==
            0 ||
        strcmp(status, "refused: reader hangs after 0 rows") == 0);
    fixture_close(fixture);
}

static void readers_are_confined(void **state)
{
    struct fixture *fixture = fixture_open(kinds);
    FILE *victim = fopen("/tmp/wirecause-victim", "w");

    (void)state;
    assert_non_null(victim);
    fclose(victim);
    fixture_text(fixture, "escape", "abc");
    fixture_load(fixture);
    assert_status(fixture, "escape", "read");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM clue"
                                             " WHERE value = 'refused'"),
                     6);
    assert_int_equal(unlink("/tmp/wirecause-victim"), 0);
    fixture_close(fixture);
}

/* All rows of all tables as one text. */
static char *dump(struct store *store)
{
    sqlite3_stmt *statement = NULL;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    for (size_t i = 0; i < TABLE_COUNT; i++) {
        char sql[128];

        snprintf(sql, sizeof sql, "SELECT rowid, * FROM %s ORDER BY rowid",
                 tables[i].name);
        assert_int_equal(sqlite3_prepare_v2(store_database(store), sql, -1,
                                            &statement, NULL),
                         SQLITE_OK);
        while (sqlite3_step(statement) == SQLITE_ROW)
            for (int at = 0; at < sqlite3_column_count(statement); at++)
                fprintf(out, "%s|", sqlite3_column_text(statement, at));
        sqlite3_finalize(statement);
    }
    fclose(out);
    return text;
}

static void make_many(struct fixture *fixture)
{
    for (int i = 0; i < 40; i++) {
        char name[32];
        char bytes[4096];

        snprintf(name, sizeof name, "good.%d", i);
        memset(bytes, 'a' + i % 26, sizeof bytes);
        fixture_bytes(fixture, name, bytes, (size_t)(i * 97 % 4096));
    }
}

/* Same input, same case: with one reader at a time, with three, and after a
 * second load. */
static void timing_does_not_show(void **state)
{
    struct fixture *one = fixture_open(kinds);
    struct fixture *two = fixture_open(kinds);
    char *first;
    char *second;

    (void)state;
    make_many(one);
    make_many(two);
    /* Kept apart from the folder's own time. */
    for (int i = 0; i < 40; i++) {
        static const struct timespec times[2] = { { .tv_sec = 1000 },
                                                  { .tv_sec = 1000 } };
        char name[32];

        snprintf(name, sizeof name, "good.%d", i);
        utimensat(AT_FDCWD, fixture_path(one, name), times, 0);
        utimensat(AT_FDCWD, fixture_path(two, name), times, 0);
    }
    one->options.threads = 1;
    two->options.threads = 3;
    fixture_load(one);
    fixture_load(two);
    first = dump(one->store);
    second = dump(two->store);
    assert_true(strlen(first) > 10000);
    assert_string_equal(first, second);
    free(second);
    fixture_load(one);
    assert_int_equal(one->totals.skipped, 40);
    assert_int_equal(one->totals.files, 0);
    second = dump(one->store);
    assert_string_equal(first, second);
    free(first);
    free(second);
    fixture_close(one);
    fixture_close(two);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_files_are_whole),
        cmocka_unit_test(broken_readers_are_facts),
        cmocka_unit_test(spinning_ends),
        cmocka_unit_test(readers_are_confined),
        cmocka_unit_test(timing_does_not_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
