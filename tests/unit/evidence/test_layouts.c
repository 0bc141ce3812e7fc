/* Each layout reads its own sample, and nothing else does. */
#include "evidence/layouts.h"
#include "support/row_text.h"

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>

static void read_path(const char *path, struct row_text *rows)
{
    struct layout_reader *reader = layout_reader_create();
    struct arena arena;

    arena_init(&arena);
    row_text_init(rows);
    layout_clues(reader, path, 7, &arena, &rows->sink);
    arena_deinit(&arena);
    layout_reader_destroy(reader);
}

static void expect(const struct row_text *rows, const char *name,
                   const char *value)
{
    char name_part[64];
    char value_part[128];

    if (value == NULL)
        return;
    snprintf(name_part, sizeof name_part, "name='%s'", name);
    snprintf(value_part, sizeof value_part, "value='%s'", value);
    if (!row_text_has(rows, "clue: evidence_id=7", name_part, value_part, NULL))
        fail_msg("no %s %s in %s", name_part, value_part, rows->text);
}

static void expect_time(const struct row_text *rows, int64_t at_ns)
{
    char at[64];

    snprintf(at, sizeof at, "at_ns=%lld", (long long)at_ns);
    if (at_ns != 0 &&
        !row_text_has(rows, "clue: evidence_id=7", "name='stamp'", at, NULL))
        fail_msg("no stamp %s in %s", at, rows->text);
    if (at_ns == 0 && row_text_has(rows, "name='stamp'", NULL))
        fail_msg("a stamp in %s", rows->text);
}

static void each_reads_its_sample(void **state)
{
    (void)state;
    for (const struct layout *layout = layouts; layout->name != NULL;
         layout++) {
        struct row_text rows;

        read_path(layout->sample, &rows);
        expect(&rows, "node", layout->node);
        expect(&rows, "pod", layout->pod);
        expect(&rows, "collection", layout->collection);
        expect(&rows, "netns", layout->netns);
        expect_time(&rows, layout->at_ns);
        row_text_deinit(&rows);
    }
}

static void plain_folders_say_nothing(void **state)
{
    static const char *const paths[] = {
        "pcap/during/node1_eth0.pcap",
        "snapshots/node1/netstat_-s.txt",
        "cluster-scoped-resources/core/nodes/w1.yaml",
        "host-collectors/system/sysctl.json",
        "host-collectors/run-host/ethtool.txt",
        "logs/agent_smith.log",
    };

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct row_text rows;

        read_path(paths[i], &rows);
        assert_string_equal(rows.text, "");
        row_text_deinit(&rows);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reads_its_sample),
        cmocka_unit_test(plain_folders_say_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
