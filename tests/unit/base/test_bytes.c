/* The cursor over bytes, patterns, arenas, line reading. */
#include "base/hash.h"
#include "base/input.h"
#include "base/memory.h"
#include "base/pattern.h"
#include "base/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void a_read_past_the_end_gives_zero_and_sticks(void **state)
{
    static const uint8_t bytes[] = { 1, 2, 3 };
    struct reader in = reader_over(bytes, sizeof bytes);

    (void)state;
    assert_int_equal(reader_u16(&in), 0x0102);
    assert_int_equal(reader_u16(&in), 0);
    assert_false(reader_ok(&in));
    assert_int_equal(reader_left(&in), 0);
    assert_int_equal(reader_u8(&in), 0);
}

static void a_child_cannot_leave_its_field(void **state)
{
    static const uint8_t bytes[] = { 1, 2, 3, 4 };
    struct reader in = reader_over(bytes, sizeof bytes);
    struct reader field = reader_take(&in, 2);

    (void)state;
    assert_int_equal(reader_u32(&field), 0);
    assert_false(reader_ok(&field));
    assert_true(reader_ok(&in));
    assert_int_equal(reader_offset(&in), 2);
    assert_int_equal(reader_u16(&in), 0x0304);
}

static void limit_tells_what_is_missing(void **state)
{
    static const uint8_t bytes[] = { 1, 2, 3, 4 };
    struct reader in = reader_over(bytes, sizeof bytes);

    (void)state;
    assert_int_equal(reader_limit(&in, 6), 2);
    assert_int_equal(reader_limit(&in, 3), 0);
    assert_int_equal(reader_left(&in), 3);
}

static void a_pattern_error_is_not_a_miss(void **state)
{
    struct failure failure = { 0 };
    struct pattern *greedy = pattern_create("^(a+)+$", &failure);
    struct pattern *named =
        pattern_create("(?<word>\\w+)=(?<n>\\d+)", &failure);
    char subject[64];

    (void)state;
    memset(subject, 'a', sizeof subject);
    subject[sizeof subject - 1] = '!';
    assert_int_equal(pattern_match(greedy, text_slice(subject, 64)),
                     PATTERN_ERROR);
    assert_int_equal(pattern_match(named, text_of("x a=12")), PATTERN_MATCH);
    assert_true(text_equals(pattern_group(named, "word"), "a"));
    assert_true(text_equals(pattern_group(named, "n"), "12"));
    assert_null(pattern_group(named, "none").bytes);
    assert_int_equal(pattern_match(named, text_of("")), PATTERN_NO_MATCH);
    pattern_destroy(greedy);
    pattern_destroy(named);
    assert_null(pattern_create("(", &failure));
    assert_non_null(strstr(failure.text, "offset"));
}

static int file_with(const char *bytes, size_t length)
{
    char name[] = "/tmp/wirecause-test-XXXXXX";
    int descriptor = mkstemp(name);

    assert_true(descriptor >= 0);
    unlink(name);
    assert_int_equal(write(descriptor, bytes, length), (ssize_t)length);
    return descriptor;
}

static void lines_are_cut_and_counted(void **state)
{
    size_t size = LINE_BYTES_MAX + 100;
    char *bytes = malloc(size + 6);
    struct line_reader lines;
    struct text line;
    int descriptor;

    (void)state;
    memset(bytes, 'x', size);
    memcpy(bytes + size, "\nab\r\nc", 6);
    descriptor = file_with(bytes, size + 6);
    line_reader_init(&lines, descriptor);
    assert_true(line_reader_next(&lines, &line));
    assert_true(lines.was_cut);
    assert_int_equal(line.length, LINE_BYTES_MAX);
    assert_int_equal(lines.line_bytes, size);
    assert_true(line_reader_next(&lines, &line) && text_equals(line, "ab"));
    assert_true(line_reader_next(&lines, &line) && text_equals(line, "c"));
    assert_false(lines.has_newline);
    assert_int_equal(lines.number, 3);
    assert_false(line_reader_next(&lines, &line));
    line_reader_deinit(&lines);
    close(descriptor);
    free(bytes);
}

static void utf16_becomes_utf8(void **state)
{
    int descriptor = file_with("\xff\xfe"
                               "a\0\xe9\0\n\0b\0",
                               10);
    struct line_reader lines;
    struct text line;

    (void)state;
    line_reader_init(&lines, descriptor);
    assert_true(line_reader_next(&lines, &line) &&
                text_equals(line, "a\xc3\xa9"));
    assert_true(line_reader_next(&lines, &line) && text_equals(line, "b"));
    line_reader_deinit(&lines);
    close(descriptor);
}

static void sha256_of_abc(void **state)
{
    struct sha256 *sha256 = sha256_create();
    char text[SHA256_TEXT_BYTES];

    (void)state;
    sha256_add(sha256, "abc", 3);
    sha256_finish(sha256, text);
    sha256_destroy(sha256);
    assert_string_equal(
        text,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 200000; size *= 3) {
            char *memory = arena_allocate(&arena, size);

            assert_int_equal((uintptr_t)memory % 16, 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(memory[i], 0);
            memset(memory, 0xff, size);
        }
        arena_reset(&arena);
    }
    assert_string_equal(arena_format(&arena, "%d-%s", 7, "x"), "7-x");
    arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_read_past_the_end_gives_zero_and_sticks),
        cmocka_unit_test(a_child_cannot_leave_its_field),
        cmocka_unit_test(limit_tells_what_is_missing),
        cmocka_unit_test(a_pattern_error_is_not_a_miss),
        cmocka_unit_test(lines_are_cut_and_counted),
        cmocka_unit_test(utf16_becomes_utf8),
        cmocka_unit_test(sha256_of_abc),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
