/* One question, refused by one endpoint and asked of the next under the same
 * id: two questions. */
#include "correlate/backends.h"
#include "store/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    SERVICE = 0x0a600a00,
    FIRST_POD = 0x0af40102,
    SECOND_POD = 0x0af40202
};

static struct owner slots[1024];
static struct owners owners = { .slots = slots, .slot_count = 1024 };

static struct address ipv4(uint32_t number)
{
    return (struct address){
        .length = 4,
        .bytes = { (uint8_t)(number >> 24), (uint8_t)(number >> 16),
                   (uint8_t)(number >> 8), (uint8_t)number },
    };
}

/* Every slot that a look-up may end at is filled in by the look-up itself: it
 * gives the place for an address that is not there yet. */
static void own(uint32_t number, enum owner_kind kind)
{
    struct address address = ipv4(number);
    struct owner *slot = (struct owner *)owners_find(&owners, &address);

    slot->address = address;
    slot->kind = kind;
}

static int fill_owners(void **state)
{
    (void)state;
    own(SERVICE, OWNER_SERVICE);
    own(FIRST_POD, OWNER_POD);
    own(SECOND_POD, OWNER_POD);
    return 0;
}

static struct member asked(uint32_t server, int64_t client_port,
                           int64_t asked_ns)
{
    return (struct member){
        .client = ipv4(0x0a000005),
        .client_port = client_port,
        .server = ipv4(server),
        .asked_ns = asked_ns,
        .last_asked_ns = asked_ns,
        .answered_ns = ABSENT,
    };
}

static void one_endpoint_is_one_question(void **state)
{
    struct member members[] = { asked(SERVICE, 4000, 10),
                                asked(FIRST_POD, 4000, 11),
                                asked(FIRST_POD, 61000, 12) };

    (void)state;
    assert_int_equal(backends_part(&owners, members, 3), 3);
    assert_int_equal(members[2].client_port, 61000);
}

static void two_endpoints_are_two_questions(void **state)
{
    struct member members[] = {
        asked(SERVICE, 4000, 10),     asked(FIRST_POD, 61000, 11),
        asked(SERVICE, 4001, 300),    asked(SECOND_POD, 62000, 301),
        asked(FIRST_POD, 61000, 302), /* a place whose clock is late */
    };

    (void)state;
    assert_int_equal(backends_part(&owners, members, 5), 3);
    assert_int_equal(members[0].client_port, 4000);
    assert_int_equal(members[1].client_port, 61000);
    assert_int_equal(members[2].asked_ns, 302);
    assert_int_equal(members[3].client_port, 4001);
    assert_int_equal(members[4].client_port, 62000);
    assert_int_equal(backends_part(&owners, members + 3, 2), 2);
}

static void the_client_s_port_says_more_than_the_time(void **state)
{
    struct member members[] = {
        asked(FIRST_POD, 4000, 11),
        asked(SERVICE, 4000, 299),
        asked(SECOND_POD, 4001, 300),
    };

    (void)state;
    assert_int_equal(backends_part(&owners, members, 3), 2);
    assert_int_equal(members[1].asked_ns, 299);
}

/* An answer without its question is the endpoint's that sent it. */
static void a_lone_answer_goes_with_its_sender(void **state)
{
    struct member members[] = { asked(FIRST_POD, 4000, 11),
                                asked(SECOND_POD, 4000, 12),
                                asked(SECOND_POD, 4000, ABSENT) };

    (void)state;
    members[2].answered_ns = 13;
    assert_int_equal(backends_part(&owners, members, 3), 1);
    assert_int_equal(backends_part(&owners, members + 1, 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_endpoint_is_one_question),
        cmocka_unit_test(two_endpoints_are_two_questions),
        cmocka_unit_test(the_client_s_port_says_more_than_the_time),
        cmocka_unit_test(a_lone_answer_goes_with_its_sender),
    };

    return cmocka_run_group_tests(tests, fill_owners, NULL);
}
