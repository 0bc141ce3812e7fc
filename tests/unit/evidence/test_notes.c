/* Each kind of note knows its own sample, and no evidence is taken for one. */
#include "evidence/notes.h"
#include "support/row_text.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>

static void each_knows_its_sample(void **state)
{
    (void)state;
    for (const struct note *note = notes; note->name != NULL; note++) {
        struct input input = { .path = note->sample, .evidence_id = 3 };
        struct row_text rows;
        char value[96];

        row_text_init(&rows);
        snprintf(value, sizeof value, "value='%s'", note->name);
        assert_true(notes_bid(&input) > 0);
        assert_int_equal(notes_read(&input, &rows.sink), READ_WHOLE);
        assert_true(row_text_has(&rows, "clue: evidence_id=3", "name='format'",
                                 value, NULL));
        row_text_deinit(&rows);
    }
}

static void evidence_is_none(void **state)
{
    static const char *const paths[] = {
        "support-bundle-2026-11-22T10_18_30/host-collectors/run-host/date.txt",
        "support-bundle-2026-11-22T10_18_30/cluster-resources/nodes.json",
        "sosreport-w1-2026-11-22-abcdefg/sos_commands/networking/netstat_-s",
        "sosreport-w1-2026-11-22-abcdefg/var/log/messages",
        "must-gather.local.12/img/namespaces/x/pods/y/z/z/logs/current.log",
        "notes/version.txt",
        "analysis.json",
    };

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct input input = { .path = paths[i] };

        assert_int_equal(notes_bid(&input), 0);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_knows_its_sample),
        cmocka_unit_test(evidence_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
