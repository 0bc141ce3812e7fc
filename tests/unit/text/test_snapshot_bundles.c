/* All snapshots of the recorded bundles: each is understood, and netstat -s,
 * nstat and /proc/net/snmp of one moment agree on the checksum errors. */
#include "snapshot_case.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *const places[] = {
    SHARED_FOLDER "/bundles/*/snapshots/*/*/*",
    SHARED_FOLDER "/bundles/*/snapshots/*/pods/*/*",
};

typedef void file_fn(const char *path);

static size_t for_each_file(const char *pattern, file_fn *check)
{
    glob_t found;
    size_t count = 0;

    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        int descriptor = open(found.gl_pathv[i], O_RDONLY | O_DIRECTORY);

        if (descriptor >= 0) {
            close(descriptor);
            continue;
        }
        check(found.gl_pathv[i]);
        count++;
    }
    globfree(&found);
    return count;
}

static void read_path(struct snapshot_case *test, const char *path)
{
    int descriptor = open(path, O_RDONLY);

    assert_true(descriptor >= 0);
    case_read_file(test, descriptor, path);
    close(descriptor);
}

static size_t failures;

static void check_file(const char *path)
{
    struct snapshot_case test;

    read_path(&test, path);
    if (test.status != READ_WHOLE || test.bid < 70 ||
        row_text_count(&test.rows, "clue") == 0) {
        print_error("%s: status %d, bid %d\n%.2000s", path, (int)test.status,
                    test.bid, test.rows.text);
        failures++;
    }
    case_end(&test);
}

static void every_file_is_understood(void **state)
{
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        count += for_each_file(places[i], check_file);
    if (count == 0) {
        print_message("no bundles in " SHARED_FOLDER "\n");
        skip();
    }
    print_message("%zu files\n", count);
    assert_int_equal(failures, 0);
}

/* The value of a counter in the rows; -1 if there is none. */
static long long value_of(const struct row_text *rows, const char *name)
{
    char needle[64];
    const char *at;

    snprintf(needle, sizeof needle, "name='%s' value=", name);
    at = strstr(rows->text, needle);
    return at == NULL ? -1 : atoll(at + strlen(needle));
}

static long long value_in(const char *folder, const char *file,
                          const char *counter)
{
    char path[1024];
    struct snapshot_case test;
    long long value;

    snprintf(path, sizeof path, "%s%s", folder, file);
    read_path(&test, path);
    value = value_of(&test.rows, counter);
    case_end(&test);
    return value;
}

static long long errors_seen;

static void compare(const char *path)
{
    static const char *const counters[] = {
        "Udp.InCsumErrors",
        "Tcp.InCsumErrors",
        "Ip.ReasmFails",
        "Ip.FragFails",
    };
    char folder[1024];

    snprintf(folder, sizeof folder, "%.*s",
             (int)(strlen(path) - strlen("netstat-s.txt")), path);
    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++) {
        long long by_netstat = value_in(folder, "netstat-s.txt", counters[i]);
        long long by_nstat = value_in(folder, "nstat-az.txt", counters[i]);

        if (by_netstat != by_nstat)
            print_error("%s%s: %lld, %lld\n", folder, counters[i], by_netstat,
                        by_nstat);
        assert_true(by_netstat >= 0);
        assert_true(by_netstat == by_nstat);
        if (i < 2)
            errors_seen += by_netstat;
    }
    assert_true(value_in(folder, "netstat-s.txt", "Udp.InCsumErrors") ==
                value_in(folder, "proc-net-snmp.txt", "Udp.InCsumErrors"));
}

static void tools_agree(void **state)
{
    size_t count = for_each_file(SHARED_FOLDER
                                 "/bundles/*/snapshots/*/node*/netstat-s.txt",
                                 compare) +
                   for_each_file(SHARED_FOLDER
                                 "/bundles/*/snapshots/*/pods/*/netstat-s.txt",
                                 compare);

    (void)state;
    if (count == 0) {
        print_message("no bundles in " SHARED_FOLDER "\n");
        skip();
    }
    assert_true(errors_seen > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_understood),
        cmocka_unit_test(tools_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
