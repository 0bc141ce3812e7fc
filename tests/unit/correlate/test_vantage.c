/* What an interface is, by what only pods or tunnels have: its route, its
 * addresses, its traffic, and last its name. */
#include "correlate/correlate.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

/* Nodes n-a and n-b, 192.0.2.1 and .2; a pod of n-a, 10.244.0.5. Evidence 1 is
 * a capture on n-a, 2 is what ip(8) says there, 3 on n-b. */
static const char ground[] =
    "INSERT INTO evidence (id, path, size_bytes, sha256, kind, format, status,"
    " packets, facts) VALUES"
    " (1, 'n-a/x.pcap', 1, '', 'capture', 'pcap', 'read', 1000, 1),"
    " (2, 'n-a/ip.txt', 1, '', 'snapshot', 'ip address', 'read', 0, 1),"
    " (3, 'n-b/ip.txt', 1, '', 'snapshot', 'ip address', 'read', 0, 1);"
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name, node,"
    " address) VALUES (2, 1, 'node', '', 'n-a', 'n-a', x'c0000201'),"
    " (2, 2, 'node', '', 'n-b', 'n-b', x'c0000202'),"
    " (2, 3, 'pod', 'x', 'web-1', 'n-a', x'0af40005');";

#define INTERFACE(name)                                                     \
    "INSERT INTO capture_interface (evidence_id, number, name, link_type,"  \
    " snaplen_bytes, packets, bytes, snapped) VALUES (1, 0, '" name "', 1," \
    " 65535, 1000, 1000, 0);"
#define ADDRESS(evidence, interface, address, length)                       \
    "INSERT INTO interface_address (evidence_id, line, interface, address," \
    " prefix_length) VALUES (" evidence ", 1, '" interface "', x'" address  \
    "', " length ");"
#define ROUTE(destination, length, gateway, interface)                        \
    "INSERT INTO route (evidence_id, line, type, destination, prefix_length," \
    " gateway, interface) VALUES (2, 1, 'unicast', x'" destination            \
    "', " length ", " gateway ", '" interface "');"
#define LINK(interface, kind)                                                 \
    "INSERT INTO setting (evidence_id, line, source, interface, name, value)" \
    " VALUES (2, 1, 'ip link', '" interface "', 'kind', '" kind "');"
#define TRAFFIC(source, destination, tunnel)            \
    "INSERT INTO traffic VALUES (1, 0, '', 0, '" tunnel \
    "', NULL, 17, x'" source "', x'" destination        \
    "', 8472, 8472, 1000, 1000, 100, 1, 2, 1, 2);"

struct example {
    const char *name;
    const char *rows;
    const char *kind; /* of the capture's interface, on node n-a */
    const char *pod;  /* NULL: none */
};

static const struct example examples[] = {
    { "the route to one pod makes a pod's, whatever address it has",
      INTERFACE("veth1a2b") ADDRESS("2", "veth1a2b", "0af40001", "32")
          ROUTE("0af40005", "32", "NULL", "veth1a2b"),
      "veth", "web-1" },
    { "a route to a pod through a gateway is a host's",
      INTERFACE("eth0") ROUTE("0af40005", "32", "x'c0000202'", "eth0"),
      "uplink", NULL },
    { "a route to a block of pods is not one to a pod",
      INTERFACE("vpc7") ROUTE("0af40005", "24", "NULL", "vpc7"), "other",
      NULL },
    { "a tunnel by its attributes",
      INTERFACE("overlay9") LINK("overlay9", "vxlan"), "tunnel", NULL },
    { "a tunnel by its name, with an address of the host",
      INTERFACE("tunl0") ADDRESS("2", "tunl0", "0af40000", "32"), "tunnel",
      NULL },
    { "a bridge by its name, with the pods' gateway",
      INTERFACE("cni0") ADDRESS("2", "cni0", "0af40001", "24"), "bridge",
      NULL },
    { "the host's address makes an uplink of any name",
      INTERFACE("vpc7") ADDRESS("2", "vpc7", "c0000201", "24"), "uplink",
      NULL },
    { "an address that each host has does not",
      INTERFACE("vpc7") ADDRESS("2", "vpc7", "0a00000a", "24")
          ADDRESS("3", "vpc7", "0a00000a", "24"),
      "other", NULL },
    { "tunnel packets on the wire make an uplink",
      INTERFACE("vpc7") TRAFFIC("c0000201", "c0000202", "vxlan"), "uplink",
      NULL },
    { "bare packets do not",
      INTERFACE("vpc7") TRAFFIC("c0000201", "c0000202", ""), "other", NULL },
    { "OVN-Kubernetes names pods' interfaces by 15 digits",
      INTERFACE("8f3c2ab901d4e57"), "veth", NULL },
    { "14 digits are somebody else's", INTERFACE("8f3c2ab901d4e5"), "other",
      NULL },
    { "the one pod at an end of every packet is whose it is",
      INTERFACE("veth9") TRAFFIC("0af40005", "c0000202", ""), "veth", "web-1" },
    { "loopback", INTERFACE("lo"), "loopback", NULL },
};

static void text_of_row(struct store *store, const char *column, char *to,
                        size_t room)
{
    sqlite3_stmt *row = NULL;
    char sql[128];

    snprintf(sql, sizeof sql, "SELECT %s FROM vantage WHERE evidence_id = 1",
             column);
    assert_int_equal(
        sqlite3_prepare_v2(store_database(store), sql, -1, &row, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    snprintf(to, room, "%s",
             sqlite3_column_type(row, 0) == SQLITE_NULL
                 ? ""
                 : (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
}

static void expect_column(struct store *store, const struct example *example,
                          const char *column, const char *expected)
{
    char value[64];

    text_of_row(store, column, value, sizeof value);
    if (strcmp(value, expected) != 0)
        fail_msg("%s: %s is '%s', not '%s'", example->name, column, value,
                 expected);
}

static void interfaces_are_what_only_they_have(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const struct example *example = &examples[i];
        struct failure failure = { 0 };
        struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);

        assert_non_null(store);
        assert_true(store_begin(store, &failure));
        if (!store_execute(store, ground, &failure) ||
            !store_execute(store, example->rows, &failure))
            fail_msg("%s: %s", example->name, failure.text);
        assert_true(store_commit(store, &failure));
        if (!correlate(store, &failure))
            fail_msg("%s: %s", example->name, failure.text);
        expect_column(store, example, "kind", example->kind);
        expect_column(store, example, "pod",
                      example->pod != NULL ? example->pod : "");
        store_close(store);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(interfaces_are_what_only_they_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
