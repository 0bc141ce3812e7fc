/* What tcpdump 4.99.3 and tshark 4.0 printed, word for word. */
#include "printed_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Line 1 as a frame. */
#define FIRST "1099511627777"

static void read_text(struct printed_case *test, const char *text)
{
    printed_case_read(test, text, strlen(text));
}

static const char vxlan[] =
    "2026-11-22 10:37:06.710981 52:54:00:60:00:02 > 52:54:00:60:00:03, "
    "ethertype IPv4 (0x0800), length 116: (tos 0x0, ttl 64, id 14272, offset "
    "0, flags [none], proto UDP (17), length 102)\n"
    "    192.168.60.12.34410 > 192.168.60.13.4789: [no cksum] VXLAN, flags [I] "
    "(0x08), vni 4096\n"
    "66:3f:81:22:96:02 > 66:a7:d0:4b:05:03, ethertype IPv4 (0x0800), length "
    "66: (tos 0x0, ttl 63, id 44133, offset 0, flags [DF], proto TCP (6), "
    "length 52)\n"
    "    10.133.96.4.53 > 10.133.105.0.26296: Flags [F.], cksum 0xde34 "
    "(incorrect -> 0xcd3e), seq 1771563240, ack 3452969883, win 63, options "
    "[nop,nop,TS val 4087396660 ecr 3434391244], length 0\n";

static void vxlan_with_an_unfinished_inner_sum(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test, vxlan);
    assert_int_equal(test.bid, 94);
    assert_int_equal(test.status, READ_WHOLE);
    assert_int_equal(test.totals.packets, 1);
    assert_int_equal(test.totals.first_ns, INT64_C(1795343826710981000));
    assert_true(row_text_has(&test.rows, "checksum_tally:", "depth=0",
                             "layer='udp'", "state='zero'", NULL));
    assert_true(row_text_has(&test.rows, "checksum_tally:", "depth=1",
                             "tunnel='vxlan'", "layer='tcp'", "state='partial'",
                             "first_frame=" FIRST, NULL));
    assert_true(row_text_has(&test.rows, "traffic:", "tunnel_id=4096",
                             "bytes=102", NULL));
    assert_true(row_text_has(&test.rows, "station:", "52:54:00:60:00:02",
                             "192.168.60.12", NULL));
    assert_int_equal(row_text_count(&test.rows, "checksum_defect"), 0);
    assert_false(row_text_has(&test.rows, "clue:", "time-without-date", NULL));
    printed_case_end(&test);
}

/* Port 8472 is printed as OTV; the outer sum is right once the inner one is
 * finished: both differ by the same. */
static void otv_is_vxlan_and_its_sum_lco(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test,
              "22:13:20.000000 IP (tos 0x0, ttl 64, id 77, offset 0, flags "
              "[none], proto UDP (17), length 114)\n"
              "    192.168.56.11.38276 > 192.168.56.12.8472: [bad udp cksum "
              "0x3c18 -> 0x62a5!] OTV, flags [I] (0x08), overlay 0, instance "
              "4096\n"
              "IP (tos 0x0, ttl 64, id 77, offset 0, flags [none], proto UDP "
              "(17), length 64)\n"
              "    10.244.1.0.40001 > 10.244.2.0.53: [bad udp cksum 0x1925 -> "
              "0x3fb2!] 6699+ A? kubernetes.default. (36)\n");
    assert_true(row_text_has(&test.rows, "checksum_tally:", "depth=0",
                             "layer='udp'", "state='lco'", NULL));
    assert_true(row_text_has(&test.rows, "checksum_tally:", "depth=1",
                             "tunnel='vxlan'", "layer='udp'", "state='partial'",
                             NULL));
    assert_true(row_text_has(&test.rows, "dns_exchange:", "dns_id=6699",
                             "qname='kubernetes.default.'", "qtype='A'",
                             "query_checksum='partial'",
                             "query_outer_checksum='lco'", NULL));
    assert_true(
        row_text_has(&test.rows, "clue:", "name='time-without-date'", NULL));
    assert_true(test.totals.first_ns < 0);
    printed_case_end(&test);
}

/* rke2#1541: the header was translated, its sum was not. The old port of it
 * is found by arithmetic, 44246. */
static void a_translated_tunnel_header_has_an_older_port(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test,
              "10:37:06.1 IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], "
              "proto UDP (17), length 110)\n"
              "    192.168.56.11.4789 > 192.168.56.12.8472: [bad udp cksum "
              "0x1000 -> 0xaa21!] OTV, flags [I] (0x08), overlay 0, instance "
              "1\n"
              "IP (tos 0x0, ttl 64, id 2, offset 0, flags [DF], proto TCP (6), "
              "length 60)\n"
              "    10.42.0.0.41000 > 10.42.1.5.53: Flags [S], cksum 0x1819 "
              "(correct), seq 1, win 64860, options [mss 1410,sackOK,TS val 1 "
              "ecr 0,nop,wscale 7], length 0\n");
    assert_true(row_text_has(&test.rows, "checksum_defect:", "layer='udp'",
                             "tunnel='vxlan'", "stored=4096", "correct=43553",
                             "source_port=4789", "solved_port=44246",
                             "inner_state='ok'", NULL));
    printed_case_end(&test);
}

static void ipip_and_gre_and_geneve(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test,
              "22:13:20.000001 IP 192.168.56.11 > 192.168.56.12: IP "
              "10.244.1.0.40001 > 10.244.2.0.53: 1+ A? a.example. (27)\n"
              "22:13:20.000002 IP 192.168.56.11 > 192.168.56.12: GREv0, length "
              "59: IP 10.244.1.0.40002 > 10.244.2.0.53: 2+ A? b.example. "
              "(27)\n"
              "22:13:20.000003 IP 20.0.0.1.12618 > 20.0.0.2.6081: Geneve, "
              "Flags [C], vni 0xa, options [8 bytes]: IP 10.244.1.0.40003 > "
              "10.244.2.0.53: 3+ AAAA? c.example. (27)\n"
              "22:13:20.000004 IP6 fd00::1.40004 > fd00::2.53: 4+ [1au] HTTPS? "
              "d.example. (38)\n");
    assert_true(row_text_has(&test.rows, "dns_exchange:", "depth=1",
                             "tunnel='ipip'", "qname='a.example.'", NULL));
    assert_true(row_text_has(&test.rows, "dns_exchange:", "depth=1",
                             "tunnel='gre'", "qname='b.example.'", NULL));
    assert_true(row_text_has(&test.rows, "dns_exchange:", "tunnel='geneve'",
                             "qtype='AAAA'", NULL));
    assert_true(row_text_has(&test.rows, "traffic:", "tunnel='geneve'",
                             "tunnel_id=10", NULL));
    assert_true(row_text_has(&test.rows, "dns_exchange:", "depth=0", "fd00::2",
                             "qtype='HTTPS'", NULL));
    printed_case_end(&test);
}

static void a_handshake_and_dns_over_tcp(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(
        &test,
        "09:21:03.720289 IP 192.168.1.11.33779 > 209.87.249.18.53: Flags [S], "
        "seq 603899916, win 64240, options [mss 1460,sackOK,TS val 2044906138 "
        "ecr 0,nop,wscale 7], length 0\n"
        "09:21:03.846908 IP 209.87.249.18.53 > 192.168.1.11.33779: Flags [S.], "
        "seq 2043824403, ack 603899917, win 64240, options [mss 1460], length "
        "0\n"
        "09:21:03.847060 IP 192.168.1.11.33779 > 209.87.249.18.53: Flags [.], "
        "ack 1, win 64240, length 0\n"
        "09:21:03.847323 IP 192.168.1.11.33779 > 209.87.249.18.53: Flags [P.], "
        "seq 1:59, ack 1, win 64240, length 58 17177+ [1au] A? "
        "www.tcpdump.org. (56)\n"
        "09:21:03.973180 IP 209.87.249.18.53 > 192.168.1.11.33779: Flags [P.], "
        "seq 1:227, ack 59, win 64240, length 226 17177*- 2/2/5 "
        "www.tcpdump.org. A 192.139.46.66 (224)\n");
    assert_true(row_text_has(&test.rows, "tcp_connection:", "client_port=33779",
                             "syns=1", "syn_acks=1", "is_established=1", NULL));
    assert_true(row_text_has(&test.rows, "dns_exchange:", "transport='tcp'",
                             "state='answered'", "rcode='NOERROR'", "answers=2",
                             NULL));
    assert_int_equal(row_text_count(&test.rows, "tcp_event"), 0);
    printed_case_end(&test);
}

/* tcpdump prints no more of an answer that goes on in the next segment. */
static void an_answer_over_two_segments(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test,
              "09:21:03.1 IP 10.0.0.1.33779 > 10.0.0.2.53: Flags [P.], seq "
              "1:59, ack 1, win 642, length 58 17177+ [1au] A? "
              "www.tcpdump.org. (56)\n"
              "09:21:03.2 IP 10.0.0.2.53 > 10.0.0.1.33779: Flags [.], seq "
              "1:1399, ack 59, win 63, length 1398 [prefix length(3506) != "
              "length(1396)] (invalid)\n"
              "09:21:03.2 IP 10.0.0.2.53 > 10.0.0.1.33779: Flags [P.], seq "
              "1399:3509, ack 59, win 63, length 2110 [prefix length(12901) != "
              "length(2108)] (invalid)\n");
    assert_true(row_text_has(&test.rows, "dns_exchange:", "dns_id=17177",
                             "state='answered'", NULL));
    assert_int_equal(row_text_count(&test.rows, "dns_exchange"), 1);
    printed_case_end(&test);
}

static void errors_of_icmp_and_dns(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test,
              "10:37:26.1 IP 10.1.0.6.40000 > 10.1.0.10.53: 5+ A? x.example. "
              "(27)\n"
              "10:37:26.2 IP 10.1.0.10.53 > 10.1.0.6.40000: 5 NXDomain*- "
              "0/1/0 (102)\n"
              "10:37:26.3 IP 10.1.0.6 > 10.1.0.10: ICMP 10.1.0.6 udp port 53 "
              "unreachable, length 107\n"
              "10:37:26.4 IP (tos 0xc0, ttl 64, id 1, offset 0, flags [none], "
              "proto ICMP (1), length 92, bad cksum 88e9 (->88ec)!)\n"
              "    10.1.0.12 > 10.1.0.11: ICMP 10.1.0.12 unreachable - need to "
              "frag (mtu 1450), length 72 (wrong icmp cksum 1234 (->3704)!)\n"
              "\tIP (tos 0x0, ttl 64, id 77, offset 0, flags [none], proto UDP "
              "(17), length 64)\n"
              "    10.1.0.11.40001 > 10.1.0.12.53: 6699+ A? k. (19)\n");
    assert_true(row_text_has(&test.rows, "dns_exchange:", "rcode='NXDOMAIN'",
                             "state='answered'", NULL));
    assert_true(row_text_has(&test.rows, "icmp_error:", "type=3", "code=3",
                             "quoted_protocol=17", "quoted_destination_port=53",
                             NULL));
    assert_true(row_text_has(&test.rows, "icmp_error:", "code=4", "mtu=1450",
                             "quoted_source_port=40001", NULL));
    assert_true(row_text_has(&test.rows, "checksum_defect:", "layer='ip'",
                             "stored=35049", "correct=35052", NULL));
    assert_true(row_text_has(&test.rows, "checksum_defect:", "layer='icmp'",
                             "stored=4660", NULL));
    printed_case_end(&test);
}

/* -X: the bytes are decoded, the words only say where they begin. */
static void bytes_are_worth_more_than_words(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(
        &test,
        "22:13:20.000000 IP 192.168.56.11.38276 > 192.168.56.12.8472: OTV, "
        "flags [I] (0x08), overlay 0, instance 4096\n"
        "IP 10.244.1.0.40001 > 10.244.2.0.53: 6699+ A? kubernetes.default. "
        "(36)\n"
        "\t0x0000:  4500 0072 004d 0000 4011 88c6 c0a8 380b  "
        "E..r.M..@.....8.\n"
        "\t0x0010:  c0a8 380c 9584 2118 005e 3c18 0800 0000  "
        "..8...!..^<.....\n"
        "\t0x0020:  0010 0000 5254 0060 0001 5254 0060 0002  "
        "....RT.`..RT.`..\n"
        "\t0x0030:  0800 4500 0040 004d 0000 4011 6179 0af4  "
        "..E..@.M..@.ay..\n"
        "\t0x0040:  0100 0af4 0200 9c41 0035 002c 1937 1a2b  "
        ".......A.5.,.7.+\n"
        "\t0x0050:  0100 0001 0000 0000 0000 0a6b 7562 6572  "
        "...........kuber\n"
        "\t0x0060:  6e65 7465 7307 6465 6661 756c 7400 0001  "
        "netes.default...\n"
        "\t0x0070:  0001                                     ..\n");
    assert_int_equal(test.totals.packets, 1);
    assert_true(row_text_has(&test.rows, "checksum_defect:", "depth=0",
                             "stored=15384", "correct=57699", NULL));
    assert_true(row_text_has(&test.rows, "checksum_defect:", "depth=1",
                             "stored=6455", "correct=16324", NULL));
    printed_case_end(&test);
}

static void prompts_and_summaries_say_where(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(
        &test,
        "[root@node3 ~]# tcpdump -nnvvi eth0 udp port 4789\n"
        "tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot "
        "length 262144 bytes\n"
        "10:37:06.710981 IP 10.0.0.1.40000 > 10.0.0.2.53: 1+ A? a. (19)\n"
        "^C\n1 packet captured\n24 packets received by filter\n3 packets "
        "dropped by kernel\n");
    assert_true(row_text_has(&test.rows, "capture_interface:", "number=0",
                             "name='eth0'", "received=24", "dropped=3", NULL));
    assert_true(
        row_text_has(&test.rows, "clue:", "'hostname'", "'node3'", NULL));
    assert_true(
        row_text_has(&test.rows, "clue:", "'interface'", "'eth0'", NULL));
    printed_case_end(&test);
}

/* The names that -i any prints are those of the machine that prints. */
static void names_of_another_machine_are_not_used(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test, "reading from file a.pcap, link-type LINUX_SLL2\n"
                     "10:37:06.7 ifb0  In  IP 10.0.0.1.4 > 10.0.0.2.53: 1+ A? "
                     "a. (19)\n"
                     "10:37:06.8 ifb1  Out IP 10.0.0.1.4 > 10.0.0.2.53: 1+ A? "
                     "a. (19)\n");
    assert_int_equal(row_text_count(&test.rows, "capture_interface"), 2);
    assert_false(row_text_has(&test.rows, "ifb", NULL));
    assert_true(
        row_text_has(&test.rows, "checksum_tally:", "direction='out'", NULL));
    printed_case_end(&test);
}

static void the_clock_goes_on_past_midnight(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(&test, "23:59:59.5 IP 10.0.0.1.4 > 10.0.0.2.53: 1+ A? a. (19)\n"
                     "00:00:01.5 IP 10.0.0.2.53 > 10.0.0.1.4: 1 1/0/0 A 10.0.0."
                     "9 (35)\n");
    assert_int_equal(test.totals.last_ns - test.totals.first_ns,
                     INT64_C(2000000000));
    assert_true(
        row_text_has(&test.rows, "dns_exchange:", "state='answered'", NULL));
    printed_case_end(&test);
}

static void lines_of_tshark(void **state)
{
    struct printed_case test;

    (void)state;
    read_text(
        &test,
        "    1 2026-11-22 10:37:06.710981  10.133.96.4 \xe2\x86\x92 "
        "10.133.105.0 TCP 116 53 \xe2\x86\x92 26296 [SYN, ACK] Seq=0 Ack=1 "
        "Win=63 Len=0 TSval=4087396660 TSecr=3434391244\n"
        "    2 2026-11-22 10:37:06.8  10.133.90.3 \xe2\x86\x92 10.133.105.0 "
        "DNS 116 Standard query 0x1a2b A k.example\n"
        "    3 2026-11-22 10:37:06.9  10.133.105.0 \xe2\x86\x92 10.133.90.3 "
        "DNS 116 Standard query response 0x1a2b No such name A k.example SOA "
        "a.example\n");
    assert_int_equal(test.bid, 94);
    assert_int_equal(test.totals.packets, 3);
    assert_true(
        row_text_has(&test.rows, "tcp_connection:", "syn_acks=1", NULL));
    assert_true(row_text_has(&test.rows, "dns_exchange:", "qname='k.example.'",
                             "state='answered'", "rcode='NXDOMAIN'", NULL));
    printed_case_end(&test);
}

static void other_texts_are_not_bid_for(void **state)
{
    static const char *const texts[] = {
        "",
        "Ip:\n    Forwarding: 1\n",
        "2026-11-22T10:36:46.3Z [INFO] plugin/reload: Running\n",
        "10:37:06.7 something happened\n",
        "    1 0.5 words that are no packet\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct printed_case test;

        read_text(&test, texts[i]);
        assert_int_equal(test.bid, 0);
        assert_int_equal(test.status, READ_NOT_UNDERSTOOD);
        printed_case_end(&test);
    }
}

static void every_prefix_is_read(void **state)
{
    (void)state;
    for (size_t length = 0; length < sizeof vxlan; length++) {
        struct printed_case test;

        printed_case_read(&test, vxlan, length);
        assert_true(test.totals.packets <= 1);
        printed_case_end(&test);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vxlan_with_an_unfinished_inner_sum),
        cmocka_unit_test(otv_is_vxlan_and_its_sum_lco),
        cmocka_unit_test(a_translated_tunnel_header_has_an_older_port),
        cmocka_unit_test(ipip_and_gre_and_geneve),
        cmocka_unit_test(a_handshake_and_dns_over_tcp),
        cmocka_unit_test(an_answer_over_two_segments),
        cmocka_unit_test(errors_of_icmp_and_dns),
        cmocka_unit_test(bytes_are_worth_more_than_words),
        cmocka_unit_test(prompts_and_summaries_say_where),
        cmocka_unit_test(names_of_another_machine_are_not_used),
        cmocka_unit_test(the_clock_goes_on_past_midnight),
        cmocka_unit_test(lines_of_tshark),
        cmocka_unit_test(other_texts_are_not_bid_for),
        cmocka_unit_test(every_prefix_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
