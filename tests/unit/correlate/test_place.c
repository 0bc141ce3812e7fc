/* Whose names host names are, where no object of the cluster says. */
#include "correlate/place.h"

#include "correlate/sql.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

struct scene {
    struct store *store;
    struct failure failure;
};

static void begin(struct scene *scene, const char *rows)
{
    struct sqlite3 *database;

    memset(scene, 0, sizeof *scene);
    scene->store = store_open(NULL, STORE_TEMPORARY, &scene->failure);
    assert_non_null(scene->store);
    assert_true(store_begin(scene->store, &scene->failure));
    database = store_database(scene->store);
    assert_true(sql_functions(database, &scene->failure));
    assert_true(sql_execute(database, rows, &scene->failure));
    assert_true(place_evidence(database, &scene->failure));
}

static void end(struct scene *scene)
{
    store_rollback(scene->store);
    store_close(scene->store);
}

/* The one text that a query gives; "NULL" for NULL. */
static void assert_query(const struct scene *scene, const char *query,
                         const char *expected)
{
    struct sqlite3_stmt *row;
    const unsigned char *text;

    assert_int_equal(
        sqlite3_prepare_v2(store_database(scene->store), query, -1, &row, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    text = sqlite3_column_text(row, 0);
    assert_string_equal(text != NULL ? (const char *)text : "NULL", expected);
    sqlite3_finalize(row);
}

#define EVIDENCE(id, path, kind)                                         \
    "INSERT INTO evidence (id, path, size_bytes, sha256, kind, format,"  \
    " status, packets, facts) VALUES (" id ", '" path "', 1, '', '" kind \
    "', '', 'read', 0, 1);"
#define HOSTNAME(id, name)                                                 \
    "INSERT INTO clue (evidence_id, line, name, value) VALUES (" id ", 1," \
    " 'hostname', '" name "');"

/* The host routes web-5f7d9c6b4d-hq9tz's address to an interface of its own. */
static void routed_to_is_a_pod(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "w1/uname.txt", "snapshot") HOSTNAME("1", "w1")
              EVIDENCE("2", "w1/ip-route.txt", "snapshot")
                  EVIDENCE("3", "x/uname.txt", "snapshot")
                      HOSTNAME("3", "web-5f7d9c6b4d-hq9tz")
                          EVIDENCE("4", "x/ip-addr.txt", "snapshot") EVIDENCE(
                              "5", "web-5f7d9c6b4d-hq9tz_eth0.pcap",
                              "capture") "INSERT INTO route (evidence_id, "
                                         "line, type, destination,"
                                         " prefix_length, interface) VALUES "
                                         "(2, 1, 'unicast', x'0a000105',"
                                         " 32, 'cali1');"
                                         "INSERT INTO interface_address "
                                         "(evidence_id, line, interface,"
                                         " address, prefix_length) VALUES (4, "
                                         "1, 'eth0', x'0a000105', 32);");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 2", "w1");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 5", "NULL");
    assert_query(&scene, "SELECT netns FROM evidence WHERE id = 5",
                 "web-5f7d9c6b4d-hq9tz");
    end(&scene);
}

/* A Machine of Cluster API has a name of the same form. */
static void drawn_name_alone_is_a_node(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, EVIDENCE("1", "md-0-5f7d9c6b4d-hq9tz/uname.txt", "snapshot")
                      HOSTNAME("1", "md-0-5f7d9c6b4d-hq9tz"));
    assert_query(&scene, "SELECT node FROM evidence", "md-0-5f7d9c6b4d-hq9tz");
    assert_query(&scene, "SELECT netns FROM evidence", "");
    end(&scene);
}

#define TUNNEL(id, source, destination)                                      \
    "INSERT INTO traffic (evidence_id, interface, direction, depth, tunnel," \
    " protocol, source, destination, packets, bytes, bytes_max, first_ns,"   \
    " last_ns, first_frame, last_frame) VALUES (" id ", 0, '', 0, 'vxlan',"  \
    " 17, x'" source "', x'" destination "', 10, 1000, 100, 1, 2, 1, 9);"

/* Captures alone: each tunnel packet has the capture's host at one end. */
static void tunnel_ends_name_hosts(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, EVIDENCE("1", "a1_eth0.pcap", "capture")
                      EVIDENCE("2", "b2_eth0.pcap", "capture")
                          EVIDENCE("3", "b2_vxlan.calico.pcap", "capture")
                              TUNNEL("1", "0a000001", "0a000002")
                                  TUNNEL("1", "0a000003", "0a000001")
                                      TUNNEL("2", "0a000001", "0a000002")
                                          TUNNEL("2", "0a000002", "0a000003"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 1", "a1");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 2", "b2");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 3", "b2");
    assert_query(&scene, "SELECT interface FROM evidence WHERE id = 3",
                 "vxlan.calico");
    assert_query(&scene,
                 "SELECT node FROM learned_node WHERE address = x'0a000003'",
                 "10.0.0.3");
    end(&scene);
}

#define NODE(name, address)                                              \
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name," \
    " node, address) VALUES (1, 1, 'node', '', '" name "', '" name       \
    "', x'" address "');"

/* Every packet is between two hosts: the capture may be of either. */
static void captures_between_two_hosts_are_of_either(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, EVIDENCE("1", "b2_eth0.pcap", "capture")
                      EVIDENCE("2", "eth0.pcap", "capture")
                          TUNNEL("1", "0a000001", "0a000002")
                              TUNNEL("2", "0a000001", "0a000002")
                                  NODE("b2", "0a000002"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 1", "b2");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 2", "NULL");
    assert_query(&scene,
                 "SELECT node FROM learned_node WHERE address = x'0a000001'",
                 "10.0.0.1");
    end(&scene);
    begin(&scene, EVIDENCE("1", "eth0.pcap", "capture")
                      TUNNEL("1", "0a000001", "0a000002") NODE("a1", "0a000001")
                          NODE("b2", "0a000002"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 1", "NULL");
    end(&scene);
}

/* Where the capture tells what went out and what came in. */
static void directions_tell_which(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "eth0.pcap", "capture")
              TUNNEL("1", "0a000001", "0a000002") NODE("a1", "0a000001") NODE(
                  "b2", "0a000002") "UPDATE traffic SET direction = 'in';");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 1", "b2");
    end(&scene);
}

/* Of a third host too: every packet has one of them at one end. */
static void third_hosts_tell_which(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, EVIDENCE("1", "eth0.pcap", "capture")
                      TUNNEL("1", "0a000001", "0a000002")
                          TUNNEL("1", "0a000001", "0a000003")
                              NODE("a1", "0a000001") NODE("b2", "0a000002"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 1", "a1");
    end(&scene);
}

/* Behind a translator a node has another address in the tunnel: its own stands
 * in the packets too, and the translator's is not the capture's. */
static void known_captures_do_not_stand_at_a_translator(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, EVIDENCE("1", "b2_eth0.pcap", "capture") TUNNEL(
                      "1", "0a000009", "0a000002") NODE("b2", "0a000002"));
    assert_query(&scene,
                 "SELECT node FROM learned_node WHERE address = x'0a000009'",
                 "10.0.0.9");
    end(&scene);
}

/* Between two hosts only, both are ends of all packets: who waits longer for
 * the answers is nearer to where the questions were asked. */
static void of_two_the_asker_waits_longer(void **state)
{
    static const char questions[] =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 12)"
        " INSERT INTO dns_exchange (evidence_id, number, interface, depth,"
        " tunnel, transport, client, client_port, server, server_port, dns_id,"
        " qname, qtype, asked_ns, answered_ns, attempts, state,"
        " query_outer_source, query_outer_destination, identity)"
        " SELECT e.id, i, 0, 1, 'vxlan', 'udp', x'0a010002', 4000 + i,"
        " x'0a020002', 53, i, 'a.', 'A', i * 1000, i * 1000 + 200 - e.id * 50,"
        " 1, 'answered', x'0a000001', x'0a000002', i"
        " FROM n, evidence AS e;";
    struct scene scene;
    char rows[4000];

    (void)state;
    strcpy(rows, EVIDENCE("1", "left.pcap", "capture")
                     EVIDENCE("2", "right.pcap", "capture")
                         TUNNEL("1", "0a000001", "0a000002")
                             TUNNEL("2", "0a000001", "0a000002"));
    strcat(rows, questions);
    begin(&scene, rows);
    assert_query(&scene,
                 "SELECT node FROM learned_node WHERE address = x'0a000001'",
                 "left");
    assert_query(&scene,
                 "SELECT node FROM learned_node WHERE address = x'0a000002'",
                 "right");
    end(&scene);
}

#define READING(id, modified, value)                                    \
    EVIDENCE(id, "w1/" id ".txt", "snapshot")                           \
    "UPDATE evidence SET modified_ns = " modified " WHERE id = " id ";" \
    "INSERT INTO counter (evidence_id, line, source, interface, name,"  \
    " value) VALUES (" id ", 1, 'nstat', '', 'IpInReceives', " value ");"

static void times_of_copying_are_no_order(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, READING("1", "1795340000000000100", "70")
                      READING("2", "1795340000000000200", "90"));
    assert_query(&scene, "SELECT group_concat(taken_ns) FROM evidence",
                 "1795340000000000100,1795340000000000200");
    end(&scene);
    begin(&scene, READING("1", "1795340000000000100", "90")
                      READING("2", "1795340000000000200", "70"));
    assert_query(&scene, "SELECT group_concat(taken_ns) FROM evidence", "NULL");
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(routed_to_is_a_pod),
        cmocka_unit_test(drawn_name_alone_is_a_node),
        cmocka_unit_test(tunnel_ends_name_hosts),
        cmocka_unit_test(captures_between_two_hosts_are_of_either),
        cmocka_unit_test(directions_tell_which),
        cmocka_unit_test(third_hosts_tell_which),
        cmocka_unit_test(known_captures_do_not_stand_at_a_translator),
        cmocka_unit_test(of_two_the_asker_waits_longer),
        cmocka_unit_test(times_of_copying_are_no_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
