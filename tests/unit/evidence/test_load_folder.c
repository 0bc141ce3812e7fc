/* What stands in a folder: read, refused or not understood, but listed. */
#include "load_fixture.h"

#include <sys/socket.h>
#include <sys/un.h>

static const char netstat[] = "Ip:\n"
                              "    Forwarding: 1\n"
                              "    25 total packets received\n"
                              "Udp:\n"
                              "    12 packets received\n"
                              "    3 packet receive errors\n";

static void make_socket(const struct fixture *fixture)
{
    struct sockaddr_un name = { .sun_family = AF_UNIX };
    int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);

    assert_true(strlen(fixture_path(fixture, "socket")) < sizeof name.sun_path);
    strcpy(name.sun_path, fixture_path(fixture, "socket"));
    assert_int_equal(
        bind(descriptor, (const struct sockaddr *)&name, sizeof name), 0);
    close(descriptor);
}

/* A plain open of the FIFO would wait for a writer for ever. */
static void nothing_but_files_is_opened(void **state)
{
    struct fixture *fixture = fixture_open(NULL);

    (void)state;
    alarm(60);
    fixture_text(fixture, "netstat_-s", netstat);
    assert_int_equal(mkfifo(fixture_path(fixture, "fifo"), 0600), 0);
    assert_int_equal(symlink("/etc/shadow", fixture_path(fixture, "link")), 0);
    assert_int_equal(symlink(".", fixture_path(fixture, "loop")), 0);
    assert_int_equal(symlink("nowhere", fixture_path(fixture, "dangling")), 0);
    make_socket(fixture);
    fixture_load(fixture);
    assert_status(fixture, "fifo", "refused: a named pipe");
    assert_status(fixture, "link", "refused: a symbolic link, not followed");
    assert_status(fixture, "loop", "refused: a symbolic link, not followed");
    assert_status(fixture, "dangling",
                  "refused: a symbolic link, not followed");
    assert_status(fixture, "socket", "refused: a socket");
    assert_status(fixture, "netstat_-s", "read");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"),
                     6);
    assert_int_equal(fixture_number(fixture, "SELECT value FROM counter"
                                             " WHERE name = 'Udp.InErrors'"),
                     3);
    fixture_load(fixture);
    assert_int_equal(fixture->totals.skipped, 6);
    alarm(0);
    fixture_close(fixture);
}

static void the_unknown_is_described(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    uint8_t noise[3000];
    uint64_t seed = 1;

    (void)state;
    for (size_t i = 0; i < sizeof noise; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        noise[i] = (uint8_t)(seed >> 56);
    }
    fixture_text(fixture, "netstat_-s", netstat);
    fixture_text(fixture, "empty", "");
    fixture_bytes(fixture, "noise", noise, sizeof noise);
    fixture_bytes(fixture, "program", "\177ELF\2\1\1\0\0\0\0\0", 12);
    fixture_text(fixture, "poem.txt", "shall i compare thee to a bundle\n");
    fixture_load(fixture);
    assert_status(fixture, "empty", "not understood: empty");
    assert_status(fixture, "noise",
                  "not understood: binary data of no known format");
    assert_status(fixture, "program", "not understood: ELF program");
    assert_non_null(
        strstr(fixture_status(fixture, "poem.txt"), "not understood"));
    fixture_close(fixture);
}

static void paths_are_in_byte_order(void **state)
{
    struct fixture *fixture = fixture_open(NULL);

    (void)state;
    assert_int_equal(mkdir(fixture_path(fixture, "a"), 0700), 0);
    fixture_text(fixture, "a/x", netstat);
    fixture_text(fixture, "a.txt", netstat);
    fixture_text(fixture, "a0", netstat);
    fixture_text(fixture, "Z", netstat);
    fixture_text(fixture, "esc\033[31m\xff", netstat);
    fixture_load(fixture);
    assert_int_equal(
        fixture_number(fixture,
                       "SELECT group_concat(path, ' ')"
                       "  = 'Z a.txt a/x a0 esc\\x1b[31m\\xff'"
                       " FROM (SELECT path FROM evidence ORDER BY id)"),
        1);
    fixture_close(fixture);
}

static void several_paths_have_their_names(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    struct failure failure = { "" };
    char file[600];
    const char *const paths[] = { fixture->bundle, file, NULL };

    (void)state;
    fixture_text(fixture, "netstat_-s", netstat);
    snprintf(file, sizeof file, "%s", fixture_path(fixture, "netstat_-s"));
    assert_true(
        evidence_load(fixture->store, &fixture->options, paths, &failure));
    assert_status(fixture, "bundle/netstat_-s", "read");
    assert_status(fixture, "netstat_-s", "read");
    fixture_close(fixture);
}

static void what_is_not_there_fails(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    struct failure failure = { "" };

    (void)state;
    assert_false(fixture_load_path(fixture, "/nonexistent/x", &failure));
    assert_string_equal(failure.text,
                        "/nonexistent/x: No such file or directory");
    assert_false(fixture_load_path(fixture, fixture->bundle, &failure));
    assert_non_null(strstr(failure.text, "no file that wirecause understands"));
    fixture_close(fixture);
}

/* Two snapshots of the same content are two observations; a capture that was
 * copied is one. */
static void copies_of_captures_count_once(void **state)
{
    static const uint8_t capture[24 + 16 + 42] = {
        0xd4,
        0xc3,
        0xb2,
        0xa1,
        2,
        0,
        4,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0xff,
        0xff,
        0,
        0,
        1,
        0,
        0,
        0, /* Ethernet */
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        42,
        0,
        0,
        0,
        42,
        0,
        0,
        0,
        [24 + 16 + 12] = 0x08,
        0x06, /* ARP */
    };
    struct fixture *fixture = fixture_open(NULL);

    (void)state;
    fixture_bytes(fixture, "1.pcap", capture, sizeof capture);
    fixture_bytes(fixture, "2.pcap", capture, sizeof capture);
    fixture_text(fixture, "netstat_-s.1", netstat);
    fixture_text(fixture, "netstat_-s.2", netstat);
    fixture_load(fixture);
    assert_status(fixture, "1.pcap", "read");
    assert_status(fixture, "2.pcap", "read: same content as 1.pcap");
    assert_int_equal(
        fixture_number(fixture, "SELECT count(*) FROM capture_interface"), 1);
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM counter"
                                             " WHERE name = 'Udp.InErrors'"),
                     2);
    fixture_close(fixture);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_but_files_is_opened),
        cmocka_unit_test(the_unknown_is_described),
        cmocka_unit_test(paths_are_in_byte_order),
        cmocka_unit_test(several_paths_have_their_names),
        cmocka_unit_test(what_is_not_there_fails),
        cmocka_unit_test(copies_of_captures_count_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
