/* Each kind of TCP event in a case where it is one, and in its look-alikes
 * where it is none. One conversation is a list of segments in the words of
 * tcpdump; the test compares all that was told about them. */
#include "track/tcp_connections.h"

#include "frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    SEGMENTS_MAX = 16,
    CLOSED = 0x80, /* a flag of these tests: the window is 0 */
    CLIENT_ISN = 1000,
    SERVER_ISN = 5000,
};

/* Numbers count from each side's SYN, as tcpdump prints them. */
struct segment {
    uint32_t at_ms;
    char from; /* 'c', 's'; 0: the end of the list */
    uint8_t flags;
    uint32_t sequence;
    uint32_t acknowledgment;
    uint32_t bytes;
};

struct kind_case {
    const char *name;
    struct segment segments[SEGMENTS_MAX];
    const char *told; /* "FRAME kind, FRAME kind" */
};

/* The first three segments: 1 ms there and back. */
#define HANDSHAKE                                             \
    { 0, 'c', SYN, 0, 0, 0 }, { 1, 's', SYN | ACK, 0, 1, 0 }, \
    {                                                         \
        2, 'c', ACK, 1, 1, 0                                  \
    }

/* clang-format off */
static const struct kind_case cases[] = {
    {
        .name = "data that arrives",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 's', ACK, 1, 101, 0 },
                      { 12, 's', ACK, 1, 101, 100 },
                      { 13, 'c', ACK, 101, 101, 0 } },
        .told = "",
    },
    {
        .name = "a SYN of Linux before 6.5: 1, 3, 7 s",
        .segments = { { 0, 'c', SYN, 0, 0, 0 }, { 1010, 'c', SYN, 0, 0, 0 },
                      { 3030, 'c', SYN, 0, 0, 0 },
                      { 7290, 'c', SYN, 0, 0, 0 } },
        .told = "2 syn-retransmission, 3 syn-retransmission, "
                "4 syn-retransmission",
    },
    {
        .name = "a SYN of Linux from 6.5 on: 1, 2, 3, 4, 5, 7 s",
        .segments = { { 0, 'c', SYN, 0, 0, 0 }, { 1015, 'c', SYN, 0, 0, 0 },
                      { 2040, 'c', SYN, 0, 0, 0 }, { 3060, 'c', SYN, 0, 0, 0 },
                      { 4090, 'c', SYN, 0, 0, 0 }, { 5110, 'c', SYN, 0, 0, 0 },
                      { 7130, 'c', SYN, 0, 0, 0 } },
        .told = "2 syn-retransmission, 3 syn-retransmission, "
                "4 syn-retransmission, 5 syn-retransmission, "
                "6 syn-retransmission, 7 syn-retransmission",
    },
    {
        .name = "a SYN-ACK that is not answered",
        .segments = { { 0, 'c', SYN, 0, 0, 0 }, { 1, 's', SYN | ACK, 0, 1, 0 },
                      { 1001, 's', SYN | ACK, 0, 1, 0 },
                      { 3001, 's', SYN | ACK, 0, 1, 0 } },
        .told = "3 syn-retransmission, 4 syn-retransmission",
    },
    {
        .name = "data again after the timer",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 212, 'c', ACK, 1, 1, 100 },
                      { 613, 'c', ACK, 1, 1, 100 } },
        .told = "5 retransmission, 6 retransmission",
    },
    {
        .name = "a FIN again",
        .segments = { HANDSHAKE, { 10, 'c', FIN | ACK, 1, 1, 0 },
                      { 212, 'c', FIN | ACK, 1, 1, 0 } },
        .told = "5 retransmission",
    },
    {
        .name = "more than before, from the same start",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 212, 'c', ACK, 1, 1, 300 } },
        .told = "5 retransmission",
    },
    {
        .name = "data again that was acknowledged",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 's', ACK, 1, 101, 0 },
                      { 212, 'c', ACK, 1, 1, 100 } },
        .told = "6 spurious-retransmission",
    },
    {
        .name = "data again of which a part was acknowledged",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 's', ACK, 1, 51, 0 },
                      { 212, 'c', ACK, 1, 1, 100 } },
        .told = "6 retransmission",
    },
    {
        .name = "two duplicate ACKs and the missing data at once",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 'c', ACK, 101, 1, 100 },
                      { 12, 'c', ACK, 201, 1, 100 },
                      { 13, 's', ACK, 1, 1, 0 }, { 14, 's', ACK, 1, 1, 0 },
                      { 20, 'c', ACK, 1, 1, 100 } },
        .told = "7 duplicate-ack, 8 duplicate-ack, 9 fast-retransmission",
    },
    {
        .name = "two duplicate ACKs and the missing data too late",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 'c', ACK, 101, 1, 100 },
                      { 12, 'c', ACK, 201, 1, 100 },
                      { 13, 's', ACK, 1, 1, 0 }, { 14, 's', ACK, 1, 1, 0 },
                      { 40, 'c', ACK, 1, 1, 100 } },
        .told = "7 duplicate-ack, 8 duplicate-ack, 9 retransmission",
    },
    {
        .name = "one duplicate ACK is too few",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 'c', ACK, 101, 1, 100 },
                      { 13, 's', ACK, 1, 1, 0 }, { 18, 'c', ACK, 1, 1, 100 } },
        .told = "6 duplicate-ack, 7 retransmission",
    },
    {
        .name = "an ACK again with another number is none",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 'c', ACK, 101, 1, 100 },
                      { 13, 's', ACK, 1, 101, 0 },
                      { 14, 's', ACK, 1, 201, 0 } },
        .told = "",
    },
    {
        .name = "overtaken within a round trip",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 101, 1, 100 },
                      { 11, 'c', ACK, 1, 1, 100 } },
        .told = "5 out-of-order",
    },
    {
        .name = "lost in front of the tap and sent again",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 101, 1, 100 },
                      { 15, 'c', ACK, 1, 1, 100 } },
        .told = "5 retransmission",
    },
    {
        .name = "a window that closes, and opens",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 's', ACK | CLOSED, 1, 101, 0 },
                      { 50, 's', ACK, 1, 101, 0 },
                      { 51, 'c', ACK, 101, 1, 100 } },
        .told = "5 zero-window",
    },
    {
        .name = "a reset without a window is no closed one",
        .segments = { HANDSHAKE, { 10, 's', RST | CLOSED, 1, 1, 0 } },
        .told = "4 reset",
    },
    {
        .name = "probes of a closed window are new data, once it opens",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 's', ACK | CLOSED, 1, 101, 0 },
                      { 211, 'c', ACK, 101, 1, 1 },
                      { 212, 's', ACK | CLOSED, 1, 101, 0 },
                      { 611, 'c', ACK, 101, 1, 1 },
                      { 612, 's', ACK, 1, 101, 0 },
                      { 613, 'c', ACK, 101, 1, 100 } },
        .told = "5 zero-window, 7 zero-window",
    },
    {
        .name = "keep-alives of no byte and of the last, and their answers",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 11, 's', ACK, 1, 101, 0 },
                      { 15010, 'c', ACK, 100, 1, 0 },
                      { 15011, 's', ACK, 1, 101, 0 },
                      { 30010, 'c', ACK, 100, 1, 1 },
                      { 30011, 's', ACK, 1, 101, 0 } },
        .told = "6 keep-alive, 8 keep-alive",
    },
    {
        .name = "answers to keep-alives make no retransmission fast",
        .segments = { HANDSHAKE, { 10, 's', ACK, 1, 1, 100 },
                      { 11, 'c', ACK, 1, 101, 0 },
                      { 20, 's', ACK, 100, 1, 0 }, { 21, 'c', ACK, 1, 101, 0 },
                      { 30, 's', ACK, 100, 1, 0 }, { 31, 'c', ACK, 1, 101, 0 },
                      { 32, 's', ACK, 101, 1, 100 },
                      { 40, 's', ACK, 101, 1, 100 } },
        .told = "6 keep-alive, 8 keep-alive, 11 retransmission",
    },
    {
        .name = "two bytes in front of the next one are no keep-alive",
        .segments = { HANDSHAKE, { 10, 'c', ACK, 1, 1, 100 },
                      { 300, 'c', ACK, 99, 1, 2 } },
        .told = "5 retransmission",
    },
    {
        .name = "a refused SYN",
        .segments = { { 0, 'c', SYN, 0, 0, 0 },
                      { 1, 's', RST | ACK, 0, 1, 0 } },
        .told = "2 reset",
    },
};
/* clang-format on */

static void send_segment(struct scene *scene, const struct segment *segment)
{
    static const uint8_t zeros[2000];
    bool is_client = segment->from == 'c';
    uint32_t own = is_client ? CLIENT_ISN : SERVER_ISN;
    uint32_t other = is_client ? SERVER_ISN : CLIENT_ISN;
    struct ends ends = {
        .source = is_client ? CLIENT : SERVER,
        .destination = is_client ? SERVER : CLIENT,
        .source_port = is_client ? 40000 : 80,
        .destination_port = is_client ? 80 : 40000,
        .sequence = own + segment->sequence,
        .acknowledgment =
            segment->flags & ACK ? other + segment->acknowledgment : 0,
        .flags = segment->flags & (uint8_t)~CLOSED,
        .is_window_closed = (segment->flags & CLOSED) != 0,
    };

    scene->at_ns =
        INT64_C(1700000000) * 1000 * MS + (int64_t)segment->at_ms * MS;
    scene_tcp(scene, &ends, zeros, segment->bytes);
}

/* "FRAME kind, ..." of all events, in the order of their rows. */
static void list_events(const struct scene *scene, char *told, size_t room)
{
    const char *line = scene->rows.text;
    size_t used = 0;

    told[0] = '\0';
    while ((line = strstr(line, "tcp_event: ")) != NULL) {
        const char *frame = strstr(line, " frame=");
        const char *kind = strstr(line, " kind='");

        assert_non_null(frame);
        assert_non_null(kind);
        kind += strlen(" kind='");
        used += (size_t)snprintf(told + used, room - used, "%s%ld %.*s",
                                 used > 0 ? ", " : "",
                                 strtol(frame + strlen(" frame="), NULL, 10),
                                 (int)strcspn(kind, "'"), kind);
        line = kind;
    }
}

static void each_kind_is_told_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct segment *segment = cases[i].segments;
        struct scene scene;
        char told[1000];

        scene_begin(&scene);
        for (; segment->from != 0; segment++)
            send_segment(&scene, segment);
        scene_end(&scene);
        list_events(&scene, told, sizeof told);
        if (strcmp(told, cases[i].told) != 0)
            fail_msg("%s: %s", cases[i].name, told);
        assert_false(row_text_has(&scene.rows, "anomaly:", NULL));
        scene_close(&scene);
    }
}

/* As CoreDNS dials a server that does not answer: its timeout of a second is
 * shorter than the first repetition, and each try has a port of its own. */
static void a_new_port_for_each_try_repeats_nothing(void **state)
{
    struct ends ends = { .source = CLIENT,
                         .destination = SERVER,
                         .destination_port = 53,
                         .flags = SYN };
    struct scene scene;

    (void)state;
    scene_begin(&scene);
    for (uint16_t i = 0; i < 5; i++) {
        ends.source_port = (uint16_t)(40000 + i);
        ends.sequence = 1000 * (uint32_t)i;
        scene_tcp(&scene, &ends, NULL, 0);
        scene.at_ns += INT64_C(1000) * MS;
    }
    scene_end(&scene);
    assert_int_equal(row_text_count(&scene.rows, "tcp_event"), 0);
    assert_int_equal(row_text_count(&scene.rows, "tcp_connection"), 5);
    assert_true(row_text_has(&scene.rows, "client_port=40004",
                             "syns=1 syn_acks=0 is_established=0", NULL));
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_told_and_nothing_else),
        cmocka_unit_test(a_new_port_for_each_try_repeats_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
