/* What is put into a spool comes out of it, in memory and in a file. */
#define _GNU_SOURCE /* F_GET_SEALS */

#include "evidence/spool.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    PIECE_BYTES = 60000,
};

/* Writes the bytes 0, 1, 2 ... 250, 0 ... in pieces; gives the descriptor. */
static int spool_of(size_t length)
{
    struct failure failure;
    char piece[PIECE_BYTES];
    size_t done = 0;
    int descriptor;

    assert_true(spool_open("/tmp", &descriptor, &failure));
    while (done < length) {
        size_t take = length - done < PIECE_BYTES ? length - done : PIECE_BYTES;

        for (size_t i = 0; i < take; i++)
            piece[i] = (char)((done + i) % 251);
        assert_true(spool_write("/tmp", &descriptor, text_slice(piece, take),
                                &failure));
        done += take;
    }
    return descriptor;
}

static void assert_holds(int descriptor, size_t length)
{
    unsigned char *bytes = malloc(length + 1);
    size_t wrong = 0;

    assert_non_null(bytes);
    assert_int_equal(pread(descriptor, bytes, length + 1, 0), length);
    for (size_t i = 0; i < length; i++)
        wrong += bytes[i] != i % 251;
    assert_int_equal(wrong, 0);
    free(bytes);
}

static bool is_in_memory(int descriptor)
{
    return fcntl(descriptor, F_GET_SEALS) >= 0; /* memfd_create(2) only */
}

static void what_is_short_stays_in_memory(void **state)
{
    int descriptor = spool_of(SPOOL_MEMORY_BYTES);

    (void)state;
    assert_true(is_in_memory(descriptor));
    assert_holds(descriptor, SPOOL_MEMORY_BYTES);
    (void)close(descriptor);
}

static void what_is_long_becomes_a_file(void **state)
{
    static const size_t lengths[] = { SPOOL_MEMORY_BYTES + 1,
                                      3 * SPOOL_MEMORY_BYTES };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int descriptor = spool_of(lengths[i]);

        assert_false(is_in_memory(descriptor));
        assert_holds(descriptor, lengths[i]);
        (void)close(descriptor);
    }
}

static void no_folder_is_a_failure(void **state)
{
    static char long_piece[SPOOL_MEMORY_BYTES + 1];
    struct failure failure;
    int descriptor;

    (void)state;
    assert_true(spool_open("/nowhere", &descriptor, &failure));
    assert_false(spool_write("/nowhere", &descriptor,
                             text_slice(long_piece, sizeof long_piece),
                             &failure));
    assert_non_null(strstr(failure.text, "/nowhere"));
    (void)close(descriptor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_short_stays_in_memory),
        cmocka_unit_test(what_is_long_becomes_a_file),
        cmocka_unit_test(no_folder_is_a_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
