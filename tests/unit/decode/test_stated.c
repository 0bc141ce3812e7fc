/* A question in VXLAN, as a sender with checksum offload has it and tcpdump
 * prints it: 192.168.56.11 -> .12, UDP 38276 -> 4789. */
#include "decode/stated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct example {
    struct packet packet;
    struct layer *outer;
    struct layer *inner;
};

static void set_ip(struct layer *layer, const uint8_t source[4],
                   const uint8_t destination[4])
{
    *layer = (struct layer){ .kind = LAYER_IP, .address_bytes = 4 };
    memcpy(layer->source, source, 4);
    memcpy(layer->destination, destination, 4);
}

static void make(struct example *example)
{
    static const uint8_t outer[2][4] = { { 192, 168, 56, 11 },
                                         { 192, 168, 56, 12 } };
    static const uint8_t inner[2][4] = { { 10, 244, 1, 0 }, { 10, 244, 2, 0 } };
    struct packet *packet = &example->packet;

    packet->layer_count = 4;
    set_ip(&packet->layers[0], outer[0], outer[1]);
    set_ip(&packet->layers[2], inner[0], inner[1]);
    example->outer = &packet->layers[1];
    example->inner = &packet->layers[3];
    *example->outer = (struct layer){ .kind = LAYER_UDP,
                                      .checksum = CHECKSUM_BAD,
                                      .source_port = 38276,
                                      .header_bytes = 8,
                                      .payload_bytes = 104,
                                      .stored = 0x3c18,
                                      .correct = 0x90e4 };
    *example->inner = (struct layer){ .kind = LAYER_UDP,
                                      .checksum = CHECKSUM_BAD,
                                      .header_bytes = 8,
                                      .payload_bytes = 54,
                                      .stored = 0x1937,
                                      .correct = 0x6e03 };
}

static void unfinished_inner_and_offloaded_outer(void **state)
{
    struct example example;

    (void)state;
    make(&example);
    stated_judge(&example.packet);
    assert_int_equal(example.inner->checksum, CHECKSUM_PARTIAL);
    assert_int_equal(example.inner->pseudo, 0x1937);
    assert_int_equal(example.inner->correct, 0x6e03);
    assert_int_equal(example.outer->checksum, CHECKSUM_LCO);
    assert_int_equal(example.outer->correct, 0x3c18);
    assert_int_equal(example.outer->pseudo, 0xf1e9);
}

/* What should stand there counts the inner one as finished. */
static void a_wrong_outer_around_an_unfinished_inner(void **state)
{
    struct example example;

    (void)state;
    make(&example);
    example.outer->stored = 0x1111;
    stated_judge(&example.packet);
    assert_int_equal(example.outer->checksum, CHECKSUM_BAD);
    assert_int_equal(example.outer->correct, 0x3c18);
}

static void both_unfinished(void **state)
{
    struct example example;

    (void)state;
    make(&example);
    example.outer->stored = 0xf1e9;
    stated_judge(&example.packet);
    assert_int_equal(example.outer->checksum, CHECKSUM_PARTIAL);
    assert_int_equal(example.inner->checksum, CHECKSUM_PARTIAL);
}

static void a_sum_without_the_length_is_partial_too(void **state)
{
    struct example example;

    (void)state;
    make(&example);
    example.inner->stored = 0x1937 - 62;
    stated_judge(&example.packet);
    assert_int_equal(example.inner->checksum, CHECKSUM_PARTIAL);
}

/* tcpdump before 4.3 says "[bad udp cksum 1111!]" and no more. */
static void without_the_right_value_nothing_is_said(void **state)
{
    struct example example;

    (void)state;
    make(&example);
    example.inner->stored = 0x1111;
    example.inner->correct = 0;
    stated_judge(&example.packet);
    assert_int_equal(example.inner->checksum, CHECKSUM_UNVERIFIABLE);
    assert_int_equal(example.outer->checksum, CHECKSUM_BAD);
}

static void what_is_right_stays_right(void **state)
{
    struct example example;

    (void)state;
    make(&example);
    example.inner->checksum = CHECKSUM_OK;
    example.outer->checksum = CHECKSUM_ZERO;
    stated_judge(&example.packet);
    assert_int_equal(example.inner->checksum, CHECKSUM_OK);
    assert_int_equal(example.outer->checksum, CHECKSUM_ZERO);
    assert_int_equal(example.inner->pseudo, 0x1937);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unfinished_inner_and_offloaded_outer),
        cmocka_unit_test(a_wrong_outer_around_an_unfinished_inner),
        cmocka_unit_test(both_unfinished),
        cmocka_unit_test(a_sum_without_the_length_is_partial_too),
        cmocka_unit_test(without_the_right_value_nothing_is_said),
        cmocka_unit_test(what_is_right_stays_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
