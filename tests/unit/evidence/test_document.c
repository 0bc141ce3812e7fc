#include "evidence/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char issue[] =
    "# DNS times out between nodes\n" /* 1 */
    "\n"
    "We run three nodes, and lookups fail on one of them.\n"
    "On node1 we see:\n"
    "\n"
    "```console\n"
    "$ ethtool -k vxlan.calico | grep tx-check\n" /* 7 */
    "tx-checksumming: on\n"
    "[root@node1 ~]# netstat -s\n" /* 9 */
    "Udp:\n"
    "    InCsumErrors: 12\n"
    "```\n"
    "- a list:\n"
    "  ~~~\n"
    "  nameserver 10.96.0.10\n" /* 15 */
    "  ~~~\n"
    "\n"
    "    Linux node1 5.15.0 #1 SMP x86_64 GNU/Linux\n" /* 18 */
    "\n"
    "<pre>\n"
    "10:37:06.7 IP 10.0.0.1.4 > 10.0.0.2.53: 1+ A? a. (19)\n" /* 21 */
    "</pre>\n"
    "Thanks for any hint on how to go on.\n";

static const char post[] =
    "We have a problem with lookups on one of the nodes.\n"
    "Here is what I tried so far, without any success:\n"
    "\n"
    "root@w1:~# ip -s link show eth0\n" /* 4 */
    "2: eth0: <BROADCAST> mtu 1500\n"
    "root@w1:~# uname -r\n" /* 6 */
    "6.1.0\n"
    "\n"
    "Does anybody know what this could possibly be about?\n";

static bool line_is(struct document_piece *rest, const char *expected)
{
    struct text line;

    return document_piece_line(rest, &line) && text_equals(line, expected);
}

static void pieces_have_the_lines_of_the_document(void **state)
{
    static const int64_t lines[] = { 7, 9, 15, 18, 21 };
    struct document document;
    struct document_piece piece;

    (void)state;
    assert_true(document_bid(text_of(issue), "issue.md"));
    document_split(&document, text_of(issue));
    assert_int_equal(document.piece_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(document.pieces[i].first_line, lines[i]);
    assert_true(text_equals(document.pieces[0].before, "On node1 we see:"));
    piece = document.pieces[1];
    assert_true(line_is(&piece, "[root@node1 ~]# netstat -s"));
    assert_true(line_is(&piece, "Udp:"));
    assert_true(line_is(&piece, "    InCsumErrors: 12"));
    piece = document.pieces[2];
    assert_true(line_is(&piece, "nameserver 10.96.0.10"));
    piece = document.pieces[3];
    assert_true(line_is(&piece, "Linux node1 5.15.0 #1 SMP x86_64 GNU/Linux"));
    document_deinit(&document);
}

/* As Retina keeps several outputs in one file. */
static const char outputs[] =
    "Summary:\n"
    "\n"
    "/usr/sbin/ip -d -j addr show(IP address configuration)\n"
    "/usr/sbin/ip rule list(Policy routing list)\n"
    "\n"
    "Execute:\n"
    "\n"
    "/usr/sbin/ip -d -j addr show\n"
    "\n"
    "[{\"ifname\":\"eth0\"}]\n" /* 10 */
    "/usr/sbin/iptables-nft-save\n"
    "\n"
    "/usr/sbin/ip rule list\n"
    "\n"
    "0:\tfrom all lookup local\n"; /* 15 */

static void outputs_below_their_commands_are_pieces(void **state)
{
    struct document document;
    struct document_piece piece;

    (void)state;
    assert_true(document_bid(text_of(outputs), "ip-resources.txt"));
    document_split(&document, text_of(outputs));
    assert_int_equal(document.piece_count, 2);
    piece = document.pieces[0];
    assert_int_equal(piece.first_line, 9);
    assert_true(line_is(&piece, ""));
    assert_true(line_is(&piece, "[{\"ifname\":\"eth0\"}]"));
    piece = document.pieces[1];
    assert_int_equal(piece.first_line, 14);
    assert_true(text_equals(piece.before, "/usr/sbin/ip rule list"));
    document_deinit(&document);
}

static void scripts_and_lists_of_programs_are_no_documents(void **state)
{
    static const char *const texts[] = {
        "#!/bin/sh\n/sbin/ip link set eth0 up\n/sbin/ip route flush cache\n",
        "/usr/lib/x86_64-linux-gnu/libip.so\n/etc/cni/bin\n/opt/cni/bin/"
        "calico\n",
        "/usr/sbin/ip rule list\n0:\tfrom all lookup local\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(document_bid(text_of(texts[i]), "file"));
}

static void a_post_without_fences_is_cut_at_prompts(void **state)
{
    struct document document;

    (void)state;
    assert_true(document_bid(text_of(post), "-"));
    document_split(&document, text_of(post));
    assert_int_equal(document.piece_count, 2);
    assert_int_equal(document.pieces[0].first_line, 4);
    assert_int_equal(document.pieces[1].first_line, 6);
    assert_true(text_find(document.pieces[1].text, "Does anybody") < 0);
    document_deinit(&document);
}

static void other_files_are_no_documents(void **state)
{
    static const char *const texts[][2] = {
        { "netstat-s.txt", "Ip:\n    Forwarding: 1\nTcp:\n    3 resets\n" },
        { "coredns.log", "We have many words in this line of the log.\n"
                         "```\n$ date\n```\n" },
        { "session.txt", "root@w1:~# uname -r\n6.1.0\n" },
        { "x.txt", "```\nnever closed\n" },
        { "a.txt", "" },
        { "cm.yaml", "```\na: b\n```\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(document_bid(text_of(texts[i][1]), texts[i][0]));
}

static void take_every_prefix(const char *text, size_t length)
{
    for (size_t used = 0; used <= length; used++) {
        char *exact = malloc(used > 0 ? used : 1);
        struct document document;
        size_t bytes = 0;

        assert_non_null(exact);
        memcpy(exact, text, used);
        (void)document_bid(text_slice(exact, used), "a.md");
        document_split(&document, text_slice(exact, used));
        for (size_t i = 0; i < document.piece_count; i++) {
            struct document_piece piece = document.pieces[i];
            struct text line;

            while (document_piece_line(&piece, &line))
                bytes += line.length;
        }
        assert_true(bytes <= used);
        document_deinit(&document);
        free(exact);
    }
}

static void every_prefix_is_taken_apart(void **state)
{
    (void)state;
    take_every_prefix(issue, sizeof issue - 1);
    take_every_prefix(post, sizeof post - 1);
}

static void more_pieces_than_there_is_room_for(void **state)
{
    static const char block[] = "```\n1\n```\n";
    size_t count = DOCUMENT_PIECES_MAX + 1;
    char *text = malloc(count * (sizeof block - 1));
    struct document document;

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * (sizeof block - 1), block, sizeof block - 1);
    document_split(&document, text_slice(text, count * (sizeof block - 1)));
    assert_int_equal(document.piece_count, DOCUMENT_PIECES_MAX);
    assert_true(document.is_cut);
    document_deinit(&document);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_have_the_lines_of_the_document),
        cmocka_unit_test(outputs_below_their_commands_are_pieces),
        cmocka_unit_test(scripts_and_lists_of_programs_are_no_documents),
        cmocka_unit_test(a_post_without_fences_is_cut_at_prompts),
        cmocka_unit_test(other_files_are_no_documents),
        cmocka_unit_test(every_prefix_is_taken_apart),
        cmocka_unit_test(more_pieces_than_there_is_room_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
