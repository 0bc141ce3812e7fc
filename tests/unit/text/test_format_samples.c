/* Every prefix of the samples of objects, tables, descriptions and probes is
 * safe. Snapshots and log lines do the same in tests of their own. */
#include "objects_fixture.h"

#include "text/describe.h"
#include "text/objects_kinds.h"
#include "text/transcript.h"

static const struct reader_under_test objects = { objects_bid, objects_read };
static const struct reader_under_test transcript = { transcript_bid,
                                                     transcript_read };

static void take(const struct reader_under_test *by, const char *sample)
{
    read_every_prefix(by, sample, strlen(sample));
}

static void every_prefix_of_an_object_is_safe(void **state)
{
    (void)state;
    for (size_t i = 0; i < kube_kind_count; i++)
        take(&objects, kube_kinds[i].sample);
    for (size_t i = 0; i < table_kind_count; i++)
        take(&objects, table_kinds[i].sample);
    for (size_t i = 0; i < describe_sample_count; i++)
        take(&objects, describe_samples[i].text);
}

static void every_prefix_of_a_probe_is_safe(void **state)
{
    (void)state;
    for (size_t i = 0; i < probe_tool_count; i++)
        for (size_t k = 0; k < PROBE_SAMPLES_MAX; k++)
            if (probe_tools[i]->samples[k] != NULL)
                take(&transcript, probe_tools[i]->samples[k]);
}

/* What stands in a description is not another object: the service's port is
 * no pod, and what follows the last line begins anew. */
static void descriptions_end_where_others_begin(void **state)
{
    static const struct shape shape = {
        .title = "two descriptions, a ConfigMap's Corefile behind them",
        .text = "Name:         kube-dns\n"
                "Namespace:    kube-system\n"
                "Subsets:\n"
                "  Addresses:          10.244.1.5\n"
                "  Ports:\n"
                "    Name  Port  Protocol\n"
                "    ----  ----  --------\n"
                "    dns   53    UDP\n"
                "\n"
                "Events:  <none>\n"
                "\n"
                "Name:         coredns\n"
                "Namespace:    kube-system\n"
                "Labels:       <none>\n"
                "\n"
                "Data\n"
                "====\n"
                "Corefile:\n"
                "----\n"
                ".:53 {\n"
                "    forward . 10.0.0.53\n"
                "}\n"
                "\n",
        .least_bid = 90,
        .status = READ_WHOLE,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "kind='endpoint'", "address='10.244.1.5'",
                      "ports='53/UDP'" } },
                  { { "corefile:", "line=21", "plugin='forward'" } } },
    };

    (void)state;
    check_shape(&objects, &shape);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_prefix_of_an_object_is_safe),
        cmocka_unit_test(every_prefix_of_a_probe_is_safe),
        cmocka_unit_test(descriptions_end_where_others_begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
