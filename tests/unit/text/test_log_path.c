/* The layouts by which collectors say whose log a file is. */
#include "unit/text/log_fixture.h"

#include "text/log_path.h"

#define ID64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
    const char *path;
    const char *pod;
    const char *namespace;
    const char *container;
} layouts[] = {
    {
        .path = "x/var/log/pods/kube-system_coredns-8474476ff8-7qkzp_f506dec3-"
                "b4f6-5cd6-9863-1c64f52c40b1/coredns/0.log",
        .pod = "coredns-8474476ff8-7qkzp",
        .namespace = "kube-system",
        .container = "coredns",
    },
    {
        /* A static pod: its uid is the hash of its configuration. */
        .path = "kube-system_kube-proxy-n1_0123456789abcdef0123456789abcdef/"
                "kube-proxy/3.log",
        .pod = "kube-proxy-n1",
        .namespace = "kube-system",
        .container = "kube-proxy",
    },
    {
        .path =
            "var_log/coredns-8474476ff8-7qkzp_kube-system_coredns-" ID64 ".log",
        .pod = "coredns-8474476ff8-7qkzp",
        .namespace = "kube-system",
        .container = "coredns",
    },
    {
        .path = "m/namespaces/openshift-dns/pods/dns-default-x4k2v/dns/dns/logs"
                "/current.log",
        .pod = "dns-default-x4k2v",
        .namespace = "openshift-dns",
        .container = "dns",
    },
    {
        .path = "cluster-resources/pods/logs/kube-system/coredns-x/coredns-"
                "previous.log",
        .pod = "coredns-x",
        .namespace = "kube-system",
        .container = "coredns",
    },
    {
        .path = "sos/kube-system/podlogs/coredns-x/kubectl_--namespace_kube-"
                "system_logs_coredns-x_-c_coredns",
        .pod = "coredns-x",
        .namespace = "kube-system",
        .container = "coredns",
    },
    {
        .path = "dump/kube-system/coredns-x/logs.txt",
        .pod = "coredns-x",
        .namespace = "kube-system",
    },
    {
        .path = "logs/nodelocaldns-8xk5c.log",
        .pod = "nodelocaldns-8xk5c",
    },
    {
        .path = "logs/nodelocaldns-8xk5c-previous.log",
        .pod = "nodelocaldns-8xk5c",
    },
    {
        .path = "logs/coredns-8474476ff8-7qkzp_coredns.log",
        .pod = "coredns-8474476ff8-7qkzp",
        .container = "coredns",
    },
    { .path = "logs/coredns.log" },
    { .path = "var/log/messages" },
    { .path = "node-1/dmesg.txt" },
};

static void assert_name(const char *path, const char *found,
                        const char *expected)
{
    if (expected == NULL ? found != NULL
                         : found == NULL || strcmp(found, expected) != 0)
        fail_msg("%s: %s, not %s", path, found == NULL ? "none" : found,
                 expected == NULL ? "none" : expected);
}

static void every_layout_tells_its_names(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        struct log_path found;

        log_path_read(layouts[i].path, &arena, &found);
        assert_name(layouts[i].path, found.pod, layouts[i].pod);
        assert_name(layouts[i].path, found.namespace, layouts[i].namespace);
        assert_name(layouts[i].path, found.container, layouts[i].container);
    }
    arena_deinit(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_tells_its_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
