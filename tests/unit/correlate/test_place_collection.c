/* What the place of a file in what a collector kept says of it: see
 * evidence/layouts.c for where these clues come from. */
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

#define CLUE(id, name, value)                                                 \
    "INSERT INTO clue (evidence_id, line, name, value) VALUES (" id ", NULL," \
    " '" name "', '" value "');"
#define TAKEN(id, name, value, at)                                         \
    "INSERT INTO clue (evidence_id, line, name, value, at_ns) VALUES (" id \
    ", NULL, '" name "', '" value "', " at ");"
#define POD(name, node, is_host_network)                                 \
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name," \
    " node, is_host_network) VALUES (1, 1, 'pod', 'kube-system', '" name \
    "', '" node "', " is_host_network ");"

/* 2026-11-22 10:18:30 UTC, and what else of it is needed. */
#define NOON_ISH        "1795342710000000000"
#define SIX_HOURS_LATER "1795364310000000000"
#define A_MINUTE_LATER  "1795342770000000000"
#define A_WEEK_LATER    "1795947510000000000"

static void a_collection_has_one_host(void **state)
{
    struct scene scene;

    (void)state;
    begin(
        &scene,
        EVIDENCE("1", "eks_i-0a.tar.gz/kernel/uname.txt", "snapshot") EVIDENCE(
            "2", "eks_i-0a.tar.gz/networking/ifconfig.txt",
            "snapshot") EVIDENCE("3", "eks_i-0b.tar.gz/networking/ifconfig.txt",
                                 "snapshot")
            EVIDENCE("4", "eks_i-0c.tar.gz/a/uname.txt", "snapshot") EVIDENCE(
                "5", "eks_i-0c.tar.gz/b/uname.txt",
                "snapshot") EVIDENCE("6", "eks_i-0c.tar.gz/c/ifconfig.txt",
                                     "snapshot") HOSTNAME("1", "ip-10-0-1-5")
                HOSTNAME("4", "ip-10-0-1-6") HOSTNAME("5", "ip-10-0-1-7")
                    CLUE("1", "collection", "eks_i-0a.tar.gz")
                        CLUE("2", "collection", "eks_i-0a.tar.gz")
                            CLUE("3", "collection", "eks_i-0b.tar.gz")
                                CLUE("4", "collection", "eks_i-0c.tar.gz") CLUE(
                                    "5", "collection", "eks_i-0c.tar.gz")
                                    CLUE("6", "collection", "eks_i-0c.tar.gz"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 2",
                 "ip-10-0-1-5");
    assert_query(&scene, "SELECT netns FROM evidence WHERE id = 2", "");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 3", "NULL");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 6", "NULL");
    end(&scene);
}

/* sos puts a label behind the host's name, with nothing to tell them apart. */
static void a_label_is_no_part_of_the_host(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "s/uname_-a", "snapshot")
              EVIDENCE("2", "s/netstat_-s", "snapshot")
                  EVIDENCE("3", "t/netstat_-s", "snapshot")
                      HOSTNAME("1", "worker-1") CLUE("1", "collection", "sos-w")
                          CLUE("1", "node", "worker-1-net")
                              CLUE("2", "collection", "sos-w")
                                  CLUE("2", "node", "worker-1-net")
                                      CLUE("3", "collection", "sos-t")
                                          CLUE("3", "node", "worker-2"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 1", "worker-1");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 2", "worker-1");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 3", "worker-2");
    end(&scene);
}

static void pods_of_the_host_network_speak_of_the_host(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "pods.json", "objects")
              EVIDENCE("2", "bugtool-cilium-8hx2k/ip-a.md", "snapshot")
                  EVIDENCE("3", "web-1/ip-a.txt", "snapshot")
                      POD("cilium-8hx2k", "w1", "1") POD("web-1", "w2", "0"));
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 2", "w1");
    assert_query(&scene, "SELECT netns FROM evidence WHERE id = 2", "");
    assert_query(&scene, "SELECT node FROM evidence WHERE id = 3", "w2");
    assert_query(&scene, "SELECT netns FROM evidence WHERE id = 3", "web-1");
    end(&scene);
}

/* must-gather's ethtool_features shows the card of its helper pod. */
static void a_stated_namespace_stands(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene, EVIDENCE("1", "nodes/w1/ethtool_features", "snapshot")
                      EVIDENCE("2", "nodes/w1/ip_addr", "snapshot")
                          CLUE("1", "node", "w1") CLUE("1", "netns", "gather")
                              CLUE("2", "node", "w1"));
    assert_query(&scene, "SELECT netns FROM evidence WHERE id = 1", "gather");
    assert_query(&scene, "SELECT netns FROM evidence WHERE id = 2", "");
    end(&scene);
}

#define CLOCK(id)                                                    \
    "SELECT coalesce(taken_is, '') || ' ' || coalesce(taken_ns, '')" \
    " FROM evidence WHERE id = " id

/* A firewall that was saved years ago has its heading in there as well. */
static void a_date_dates_its_collection(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "s/sos_commands/date/date", "snapshot")
              EVIDENCE("2", "s/etc/sysconfig/iptables", "snapshot") EVIDENCE(
                  "3", "s/sos_commands/networking/a", "snapshot")
                  EVIDENCE("4", "t/sos_commands/networking/a", "snapshot") CLUE(
                      "1", "collection", "s") CLUE("2", "collection", "s")
                      CLUE("3", "collection", "s") CLUE("4", "collection", "t")
                          TAKEN("1", "taken", "x", NOON_ISH)
                              TAKEN("2", "taken", "x", "1600000000000000000")
                                  TAKEN("3", "stamp", "UTC", A_WEEK_LATER));
    assert_query(&scene, CLOCK("2"), "stated 1600000000000000000");
    assert_query(&scene, CLOCK("3"), "sibling " NOON_ISH);
    assert_query(&scene, CLOCK("4"), " ");
    end(&scene);
}

#define MODIFIED(id, at) \
    "UPDATE evidence SET modified_ns = " at " WHERE id = " id ";"

static void names_are_clocks_that_files_make_exact(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "a/1", "snapshot") EVIDENCE("2", "b/1", "snapshot")
              EVIDENCE("3", "c/1", "snapshot") EVIDENCE("4", "d/1", "snapshot")
                  TAKEN("1", "stamp", "UTC", NOON_ISH)
                      MODIFIED("1", A_MINUTE_LATER)
                          TAKEN("2", "stamp", "UTC", NOON_ISH)
                              MODIFIED("2", SIX_HOURS_LATER)
                                  TAKEN("3", "stamp", "local", NOON_ISH)
                                      MODIFIED("3", SIX_HOURS_LATER)
                                          TAKEN("4", "stamp", "local", NOON_ISH)
                                              MODIFIED("4", A_WEEK_LATER));
    assert_query(&scene, CLOCK("1"), "name " A_MINUTE_LATER);
    assert_query(&scene, CLOCK("2"), "name " NOON_ISH);
    assert_query(&scene, CLOCK("3"), "name " SIX_HOURS_LATER);
    assert_query(&scene, CLOCK("4"), "name " NOON_ISH);
    end(&scene);
}

/* tar --mtime=@0, zip's 1980, npm's 1985. */
static void times_of_reproducible_archives_are_none(void **state)
{
    struct scene scene;

    (void)state;
    begin(&scene,
          EVIDENCE("1", "a/1", "snapshot") EVIDENCE("2", "b/1", "snapshot")
              EVIDENCE("3", "c/1", "snapshot") EVIDENCE("4", "d/1", "snapshot")
                  MODIFIED("1", "0") MODIFIED("2", "315532800000000000")
                      MODIFIED("3", "499162500000000000")
                          MODIFIED("4", NOON_ISH));
    assert_query(&scene, CLOCK("1"), " ");
    assert_query(&scene, CLOCK("2"), " ");
    assert_query(&scene, CLOCK("3"), " ");
    assert_query(&scene, CLOCK("4"), "mtime " NOON_ISH);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_collection_has_one_host),
        cmocka_unit_test(a_label_is_no_part_of_the_host),
        cmocka_unit_test(pods_of_the_host_network_speak_of_the_host),
        cmocka_unit_test(a_stated_namespace_stands),
        cmocka_unit_test(a_date_dates_its_collection),
        cmocka_unit_test(names_are_clocks_that_files_make_exact),
        cmocka_unit_test(times_of_reproducible_archives_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
