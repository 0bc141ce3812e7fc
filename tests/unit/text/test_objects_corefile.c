/* Corefiles, bare and in ConfigMaps: the grammar of Caddy v1. */
#include "objects_fixture.h"

static const struct reader_under_test objects = { objects_bid, objects_read };

static const struct shape shapes[] = {
    {
        .title = "a bare file: zones, ports, comments, options, snippets",
        .text = "# comment\n"
                "(common) {\n    errors\n    cache 30\n}\n"
                "Example.org:1053 corp.local, tls://x.net {\n"
                "    import common # here\n"
                "    forward . 10.0.0.1 10.0.0.2 {\n"
                "        force_tcp # always\n"
                "        max_fails 3\n"
                "    }\n"
                "}\n"
                "\n"
                ".:{$PORT}\n"
                "{\n"
                "    import ../custom/*.override\n"
                "    hosts {\n        10.0.0.9 a.b\n    }\n"
                "    template IN A {\n"
                "        answer \"{{ .Name }} 5 IN A 10.1.1.1\"\n    }\n"
                "    forward . {$UP} { prefer_udp }\n"
                "}\n"
                "10.0.0.0/8 {\n    whoami\n}\n",
        .least_bid = 80,
        .table = "corefile",
        .count = 14,
        .rows = { { { "line=3 owner='' zone='example.org.' port=1053",
                      "plugin='errors'" } },
                  { { "line=4", "zone='corp.local.' port=53 plugin='cache'",
                      "arguments='30'" } },
                  { { "line=8", "zone='x.net.' port=853 plugin='forward'",
                      "arguments='. 10.0.0.1 10.0.0.2'",
                      "options='force_tcp; max_fails 3'" } },
                  { { "line=16", "zone='.' port=53 plugin='import'",
                      "arguments='../custom/*.override'" } },
                  { { "plugin='hosts'", "options='10.0.0.9 a.b'" } },
                  { { "plugin='template' arguments='IN A'",
                      "options='answer {{ .Name }} 5 IN A 10.1.1.1'" } },
                  { { "plugin='forward' arguments='. {$UP}'",
                      "options='prefer_udp'" } },
                  { { "line=26", "zone='10.in-addr.arpa.'",
                      "plugin='whoami'" } } },
    },
    {
        .title = "in a ConfigMap as a block: lines are those of the file",
        .text = "apiVersion: v1\n"
                "data:\n"
                "  Corefile: |\n"
                "    .:53 {\n"
                "        errors\n"
                "        bind 169.254.25.10\n"
                "    }\n"
                "kind: ConfigMap\n"
                "metadata:\n  name: nodelocaldns\n",
        .least_bid = 95,
        .table = "corefile",
        .count = 2,
        .rows = { { { "line=6 owner='nodelocaldns' zone='.' port=53",
                      "plugin='bind' arguments='169.254.25.10'" } } },
    },
    {
        .title = "in a quoted string: one line",
        .text = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\n"
                "\"metadata\":{\"name\":\"coredns\"},\"data\":{\"Corefile\":\n"
                "\".:53 {\\n  errors\\n  forward . 8.8.8.8 {\\n"
                "    max_concurrent 1000\\n  }\\n}\\n\"}}\n",
        .least_bid = 95,
        .table = "corefile",
        .count = 2,
        .rows = { { { "line=3 owner='coredns' zone='.' port=53",
                      "plugin='forward' arguments='. 8.8.8.8'",
                      "options='max_concurrent 1000'" } } },
    },
    {
        .title = "the file ends inside a block",
        .text = ".:53 {\n    errors\n    forward . 1.1.1.1 {\n  force_tcp\n",
        .least_bid = 80,
        .status = READ_PARTLY,
        .table = "corefile",
        .count = 2,
        .rows = { { { "objects.truncated" } },
                  { { "plugin='forward'", "options='force_tcp'" } } },
    },
};

static void test_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        check_shape(&objects, &shapes[i]);
}

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        read_every_prefix(&objects, shapes[i].text, strlen(shapes[i].text));
}

/* nft and nginx use the same braces. */
static void test_others_are_not_ours(void **state)
{
    static const char *const others[] = {
        "table ip nat {\n\tchain x {\n\t\tlog\n\t}\n}\n",
        "server {\n    listen 80;\n}\n",
        "http.server: {\n    bind 80;\n}\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct reading reading = read_sample(&objects, others[i]);

        if (i < 2)
            assert_int_equal(reading.bid, 0);
        assert_true(reading.bid <= 80);
        reading_deinit(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_others_are_not_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
