/* Records: what goes in comes out; what is cut, stretched or made up does
 * not. */
#include "base/memory.h"
#include "store/record.h"

#include <stdlib.h>
#include <string.h>

/* After our headers: its fail() is a macro. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct log_event_row sample = {
    .evidence_id = 3,
    .line = 12,
    .pod = "coredns-1",
    .at_ns = ABSENT,
    .time_is = "unknown",
    .severity = "error",
    .source = "coredns",
    .event = "error",
    .client = { .length = 4, .bytes = { 10, 1, 2, 3 } },
    .upstream = { .length = 16, .bytes = { 0x20, 0x01 } },
    .message = "read udp: i/o timeout",
};

static bool check(const uint8_t *bytes, size_t length, enum table_id *table,
                  struct reader *columns, uint64_t *nulls)
{
    struct reader in = reader_over(bytes, length);

    reader_skip(&in, 4);
    return reader_ok(&in) && record_check(in, table, columns, nulls);
}

static void comes_out_as_it_went_in(void **state)
{
    uint8_t bytes[1024];
    size_t length = record_write(bytes, sizeof bytes, TABLE_LOG_EVENT, &sample);
    struct log_event_row row;
    enum table_id table;
    struct reader columns;
    struct arena arena;
    uint64_t nulls;

    (void)state;
    arena_init(&arena);
    assert_true(check(bytes, length, &table, &columns, &nulls));
    assert_int_equal(table, TABLE_LOG_EVENT);
    assert_true(nulls >> 5 & 1);  /* at_ns */
    assert_false(nulls >> 2 & 1); /* pod */
    assert_true(nulls >> 3 & 1);  /* container */
    record_read(columns, table, &arena, &row);
    assert_int_equal(row.evidence_id, 3);
    assert_int_equal(row.at_ns, ABSENT);
    assert_string_equal(row.pod, "coredns-1");
    assert_null(row.container);
    assert_true(address_equals(&row.client, &sample.client));
    assert_true(address_equals(&row.upstream, &sample.upstream));
    assert_int_equal(row.local.length, 0);
    assert_string_equal(row.message, sample.message);
    arena_deinit(&arena);
}

/* Each in an allocation of its size; no prefix is a record. */
static void prefixes_are_refused(void **state)
{
    uint8_t bytes[1024];
    size_t length = record_write(bytes, sizeof bytes, TABLE_LOG_EVENT, &sample);

    (void)state;
    assert_true(length > 100);
    for (size_t cut = 4; cut < length; cut++) {
        uint8_t *exact = malloc(cut);
        enum table_id table;
        struct reader columns;
        uint64_t nulls;

        assert_non_null(exact);
        memcpy(exact, bytes, cut);
        assert_false(check(exact, cut, &table, &columns, &nulls));
        free(exact);
    }
}

static void no_room_writes_nothing(void **state)
{
    uint8_t bytes[1024];
    size_t length = record_write(bytes, sizeof bytes, TABLE_LOG_EVENT, &sample);

    (void)state;
    for (size_t room = 0; room < length; room++) {
        uint8_t *exact = malloc(room + 1);

        assert_non_null(exact);
        assert_int_equal(record_write(exact, room, TABLE_LOG_EVENT, &sample),
                         0);
        free(exact);
    }
}

static void refuse_changed(const struct clue_row *row, size_t at, uint8_t value)
{
    uint8_t bytes[256];
    size_t length = record_write(bytes, sizeof bytes, TABLE_CLUE, row);
    enum table_id table;
    struct reader columns;
    uint64_t nulls;

    assert_true(check(bytes, length, &table, &columns, &nulls));
    bytes[at] = value;
    assert_false(check(bytes, length, &table, &columns, &nulls));
}

/* Clue: u32 length, u16 table, i64 evidence_id, i64 line, then u32 and bytes
 * of name, of value, i64 at_ns. */
static void nonsense_is_refused(void **state)
{
    struct clue_row row = CLUE_ROW_NONE;

    (void)state;
    row.name = "host";
    row.value = "a";
    refuse_changed(&row, 4, TABLE_COUNT); /* no such table */
    refuse_changed(&row, 5, 0xff);
    refuse_changed(&row, 22, 200); /* name longer than the record */
    refuse_changed(&row, 22, 3);   /* shorter: the rest is no text */
    refuse_changed(&row, 26, 0);   /* NUL in a text */
}

static void addresses_have_two_sizes(void **state)
{
    struct station_row row = STATION_ROW_NONE;
    uint8_t bytes[256];
    enum table_id table;
    struct reader columns;
    uint64_t nulls;
    size_t length;

    (void)state;
    row.address = (struct address){ .length = 5 };
    length = record_write(bytes, sizeof bytes, TABLE_STATION, &row);
    assert_false(check(bytes, length, &table, &columns, &nulls));
    row.address.length = 4;
    length = record_write(bytes, sizeof bytes, TABLE_STATION, &row);
    assert_true(check(bytes, length, &table, &columns, &nulls));
}

/* The cut does not split the last character. */
static void long_texts_are_cut(void **state)
{
    size_t room = RECORD_BYTES_MAX;
    uint8_t *bytes = memory_allocate(room, 1);
    char *text = memory_allocate(RECORD_TEXT_BYTES_MAX + 10, 1);
    struct clue_row row = CLUE_ROW_NONE;
    struct clue_row back;
    enum table_id table;
    struct reader columns;
    struct arena arena;
    uint64_t nulls;
    size_t length;

    (void)state;
    arena_init(&arena);
    memset(text, 'x', RECORD_TEXT_BYTES_MAX + 5);
    memcpy(text + RECORD_TEXT_BYTES_MAX - 1, "\xe2\x82\xac", 3);
    row.value = text;
    length = record_write(bytes, room, TABLE_CLUE, &row);
    assert_true(check(bytes, length, &table, &columns, &nulls));
    record_read(columns, table, &arena, &back);
    assert_int_equal(strlen(back.value), RECORD_TEXT_BYTES_MAX - 1);
    arena_deinit(&arena);
    free(text);
    free(bytes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_out_as_it_went_in),
        cmocka_unit_test(prefixes_are_refused),
        cmocka_unit_test(no_room_writes_nothing),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(addresses_have_two_sizes),
        cmocka_unit_test(long_texts_are_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
