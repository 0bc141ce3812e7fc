/* One exchange seen from several places: what became of it.
 *
 * Two nodes, a pod on each, captures of a minute. Each test says which place
 * saw what; the members are given in any order. */
#include "correlate/judge.h"
#include "store/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SECOND INT64_C(1000000000)

enum {
    CLIENT_VETH,
    CLIENT_TUNNEL,
    CLIENT_UPLINK,
    SERVER_UPLINK,
    SERVER_TUNNEL,
    SERVER_VETH,
    PLACES,
};

static struct vantage places[PLACES] = {
    { .node = "a", .name = "cali1", .pod = "client", .kind = VANTAGE_VETH },
    { .node = "a", .name = "vxlan0", .kind = VANTAGE_TUNNEL },
    { .node = "a", .name = "eth0", .kind = VANTAGE_UPLINK },
    { .node = "b", .name = "eth0", .kind = VANTAGE_UPLINK },
    { .node = "b", .name = "vxlan0", .kind = VANTAGE_TUNNEL },
    { .node = "b", .name = "cali2", .pod = "server", .kind = VANTAGE_VETH },
};

static const struct coverage everywhere = { .list = places, .count = PLACES };

static int start_clock(void **state)
{
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        places[i].evidence_id = i;
        places[i].first_ns = 0;
        places[i].last_ns = 60 * SECOND;
        places[i].from_ns = 0;
        places[i].until_ns = 60 * SECOND;
    }
    return 0;
}

static const struct route_ends ends = {
    .client_node = "a",
    .client_pod = "client",
    .server_node = "b",
    .server_pod = "server",
};

static struct member asked_at(int place)
{
    struct member member = {
        .vantage = &places[place],
        .asked_ns = 10 * SECOND + place,
        .last_asked_ns = 10 * SECOND + place,
        .answered_ns = ABSENT,
        .attempts = 1,
        .response_bytes = ABSENT,
        .query_checksum = "ok",
    };

    member.stop = vantage_stop(&places[place], &ends);
    return member;
}

static struct member answered_at(int place)
{
    struct member member = asked_at(place);

    member.answered_ns = 10 * SECOND + 1000 - place;
    member.response_checksum = "ok";
    member.rcode = "NOERROR";
    member.state = "answered";
    return member;
}

static struct judgement judge(const struct member *members, size_t count,
                              bool partial_is_dropped)
{
    struct exchange_view view = {
        .members = members,
        .count = count,
        .ends = ends,
        .partial_is_dropped_at_client = partial_is_dropped,
        .partial_is_dropped_at_server = partial_is_dropped,
    };
    struct judgement judgement;

    judge_exchange(&everywhere, &view, &judgement);
    return judgement;
}

static void answered_at_the_client_is_answered(void **state)
{
    struct member members[] = { answered_at(SERVER_VETH),
                                answered_at(CLIENT_VETH) };
    struct judgement judgement = judge(members, 2, false);

    (void)state;
    assert_string_equal(judgement.outcome, "answered");
    assert_ptr_equal(judgement.near, &members[1]);
    assert_int_equal(judgement.server_sent_answer, 1);
}

static void an_answer_missing_at_the_client_is_lost(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH),
                                answered_at(CLIENT_UPLINK),
                                answered_at(SERVER_VETH) };
    struct judgement judgement = judge(members, 3, false);

    (void)state;
    assert_string_equal(judgement.outcome, "failed");
    assert_string_equal(judgement.failure, "answer-lost");
    assert_ptr_equal(judgement.last_seen->vantage, &places[CLIENT_UPLINK]);
    assert_ptr_equal(judgement.first_missing, &places[CLIENT_TUNNEL]);
}

static struct judgement judge_repeat(int place, const char *rcode)
{
    struct member members[] = { answered_at(place), answered_at(place) };
    struct exchange_view view = {
        .members = members,
        .count = 2,
        .ends = ends,
        .is_datagram = true,
    };
    struct judgement judgement;

    members[0].rcode = rcode;
    members[1].asked_ns += 5 * SECOND;
    members[1].answered_ns += 5 * SECOND;
    judge_exchange(&everywhere, &view, &judgement);
    return judgement;
}

/* All that is captured is the server's node, and the client asks again. */
static void a_repeat_after_an_answer_tells_of_its_loss(void **state)
{
    struct judgement judgement = judge_repeat(SERVER_VETH, "NOERROR");

    (void)state;
    assert_string_equal(judgement.outcome, "failed");
    assert_string_equal(judgement.failure, "answer-lost");
    assert_int_equal(judgement.server_sent_answer, 1);
    assert_string_equal(judge_repeat(CLIENT_VETH, "NOERROR").outcome,
                        "answered");
    assert_string_equal(judge_repeat(SERVER_VETH, "SERVFAIL").failure,
                        "error-code");
}

/* A truncated answer sends the client to TCP; where that fails as well, the
 * client may begin anew. */
static void a_repeat_after_a_truncated_answer_is_no_loss(void **state)
{
    struct member members[] = { answered_at(SERVER_VETH),
                                answered_at(SERVER_VETH) };
    struct exchange_view view = {
        .members = members,
        .count = 2,
        .ends = ends,
        .is_datagram = true,
    };
    struct judgement judgement;

    (void)state;
    members[0].is_truncated = members[1].is_truncated = true;
    members[1].asked_ns += 5 * SECOND;
    members[1].answered_ns += 5 * SECOND;
    judge_exchange(&everywhere, &view, &judgement);
    assert_string_equal(judgement.outcome, "answered");
}

/* Bridge netfilter translates before the bridge's own device sees a packet,
 * and what goes from port to port it never sees. */
static void a_bridge_misses_no_answer_of_its_node(void **state)
{
    struct vantage near[] = {
        { .node = "a", .name = "cni0", .kind = VANTAGE_BRIDGE },
        { .node = "a", .name = "veth9", .pod = "server", .kind = VANTAGE_VETH },
    };
    struct coverage coverage = { .list = near, .count = 2 };
    struct member members[] = { asked_at(CLIENT_VETH),
                                answered_at(SERVER_VETH) };
    struct exchange_view view = {
        .members = members,
        .count = 2,
        .ends = { .client_node = "a", .server_node = "a" },
    };
    struct judgement judgement;

    (void)state;
    view.ends.server_pod = "server";
    for (int i = 0; i < 2; i++) {
        near[i].answers = near[i].questions = SIGHT_CLEAR;
        near[i].until_ns = near[i].last_ns = 60 * SECOND;
        members[i].vantage = &near[i];
        members[i].stop = vantage_stop(&near[i], &view.ends);
    }
    judge_exchange(&coverage, &view, &judgement);
    assert_string_equal(judgement.outcome, "answered");
    members[1].answered_ns = ABSENT;
    judge_exchange(&coverage, &view, &judgement);
    assert_string_equal(judgement.failure, "no-answer");
}

static void an_interface_of_no_known_kind_is_no_stop(void **state)
{
    struct vantage lo = { .node = "a", .name = "lo" };

    (void)state;
    lo.kind = VANTAGE_LOOPBACK;
    assert_int_equal(vantage_stop(&lo, &ends), STOP_UNKNOWN);
    lo.kind = VANTAGE_OTHER;
    assert_int_equal(vantage_stop(&lo, &ends), STOP_UNKNOWN);
}

static void a_question_missing_at_the_server_is_lost(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH),
                                asked_at(CLIENT_UPLINK) };
    struct judgement judgement = judge(members, 2, false);

    (void)state;
    assert_string_equal(judgement.failure, "query-lost");
    assert_ptr_equal(judgement.last_seen->vantage, &places[CLIENT_UPLINK]);
    assert_ptr_equal(judgement.first_missing, &places[SERVER_UPLINK]);
    assert_int_equal(judgement.server_saw_query, 0);
}

static void a_server_that_saw_it_and_is_silent(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH), asked_at(SERVER_VETH) };
    struct judgement judgement = judge(members, 2, false);

    (void)state;
    assert_string_equal(judgement.failure, "no-answer");
    assert_int_equal(judgement.server_saw_query, 1);
    assert_int_equal(judgement.server_sent_answer, 0);
}

static void a_bad_checksum_on_arrival_is_damage(void **state)
{
    struct member members[] = { answered_at(CLIENT_TUNNEL),
                                answered_at(SERVER_VETH) };
    struct judgement judgement;

    (void)state;
    members[0].response_checksum = "bad";
    judgement = judge(members, 2, false);
    assert_string_equal(judgement.outcome, "failed");
    assert_string_equal(judgement.failure, "answer-damaged");
}

/* The benign twin: unfinished on arrival, and the node accepts that. */
static void partial_on_arrival_is_damage_only_where_it_is_dropped(void **state)
{
    struct member members[] = { answered_at(CLIENT_TUNNEL),
                                answered_at(SERVER_VETH) };

    (void)state;
    members[0].response_checksum = "partial";
    assert_string_equal(judge(members, 2, false).outcome, "answered");
    assert_string_equal(judge(members, 2, true).outcome, "failed");
}

/* At the sender an unfinished checksum is an artefact, whatever the node. */
static void partial_at_the_sender_is_never_damage(void **state)
{
    struct member members[] = { answered_at(SERVER_VETH) };

    (void)state;
    members[0].response_checksum = "partial";
    assert_string_equal(judge(members, 1, true).outcome, "answered");
}

static void error_codes_and_late_answers(void **state)
{
    struct member members[] = { answered_at(CLIENT_VETH) };

    (void)state;
    members[0].rcode = "NXDOMAIN";
    assert_string_equal(judge(members, 1, false).outcome, "answered");
    members[0].rcode = "SERVFAIL";
    assert_string_equal(judge(members, 1, false).failure, "error-code");
    members[0].rcode = "NOERROR";
    members[0].state = "late";
    assert_string_equal(judge(members, 1, false).outcome, "late");
}

static void a_capture_that_ends_at_once_cannot_tell(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH) };

    (void)state;
    places[CLIENT_VETH].until_ns = 11 * SECOND;
    assert_string_equal(judge(members, 1, false).outcome, "unknown");
    places[CLIENT_VETH].until_ns = 13 * SECOND;
    assert_string_equal(judge(members, 1, false).outcome, "failed");
}

static void a_capture_that_ended_before_the_answer_gives_way(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH),
                                answered_at(CLIENT_TUNNEL) };

    (void)state;
    places[CLIENT_VETH].until_ns = 10 * SECOND + 500;
    assert_string_equal(judge(members, 2, false).outcome, "answered");
}

static void an_unwatched_place_is_not_missing_anything(void **state)
{
    struct member members[] = { asked_at(CLIENT_UPLINK) };
    struct judgement judgement;

    (void)state;
    for (int i = SERVER_UPLINK; i < PLACES; i++) {
        places[i].from_ns = 30 * SECOND;
    }
    judgement = judge(members, 1, false);
    assert_string_equal(judgement.failure, "no-answer");
    assert_null(judgement.first_missing);
    assert_int_equal(judgement.server_saw_query, -1);
}

static void a_handshake_that_never_completes(void **state)
{
    struct member members[] = { answered_at(CLIENT_TUNNEL),
                                answered_at(SERVER_VETH) };
    struct exchange_view view = {
        .members = members,
        .count = 2,
        .ends = ends,
        .is_connection = true,
        .partial_is_dropped_at_client = true,
    };
    struct judgement judgement;

    (void)state;
    members[0].rcode = members[1].rcode = NULL;
    members[0].response_checksum = "partial";
    judge_exchange(&everywhere, &view, &judgement);
    assert_string_equal(judgement.outcome, "failed");
    assert_string_equal(judgement.failure, "answer-damaged");
    members[0].is_established = true;
    judge_exchange(&everywhere, &view, &judgement);
    assert_string_equal(judgement.outcome, "answered");
}

/* A capture that has no eye for answers gives way to the next that has. */
static void a_blind_capture_is_no_witness(void **state)
{
    struct member lost[] = { asked_at(CLIENT_VETH), asked_at(CLIENT_UPLINK),
                             answered_at(SERVER_VETH) };
    struct member got[] = { asked_at(CLIENT_VETH), answered_at(CLIENT_UPLINK) };

    (void)state;
    places[CLIENT_VETH].answers = SIGHT_BLIND;
    assert_string_equal(judge(lost, 1, false).outcome, "unknown");
    assert_string_equal(judge(lost, 3, false).failure, "answer-lost");
    assert_string_equal(judge(got, 2, false).outcome, "answered");
    lost[0].attempts = 2;
    lost[0].last_asked_ns += 2 * SECOND;
    assert_string_equal(judge(lost, 1, false).outcome, "failed");
    places[CLIENT_VETH].answers = SIGHT_CLEAR;
}

/* Nothing came back there: the filter's doing, or what is to be found. */
static void an_unclear_capture_says_nothing_alone(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH),
                                asked_at(CLIENT_UPLINK) };
    struct member got[] = { asked_at(CLIENT_VETH), answered_at(CLIENT_UPLINK) };

    (void)state;
    places[CLIENT_VETH].answers = SIGHT_UNCLEAR;
    assert_string_equal(judge(members, 1, false).outcome, "unknown");
    assert_string_equal(judge(members, 2, false).outcome, "failed");
    assert_string_equal(judge(got, 2, false).outcome, "unknown");
    got[0].attempts = 2;
    got[0].last_asked_ns += 2 * SECOND;
    assert_string_equal(judge(got, 2, false).failure, "answer-lost");
    places[CLIENT_VETH].answers = SIGHT_CLEAR;
}

/* Where answers were left out, none is missing. */
static void a_blind_capture_misses_no_answer(void **state)
{
    struct member members[] = { asked_at(CLIENT_VETH),
                                answered_at(SERVER_VETH) };
    struct judgement judgement;

    (void)state;
    for (int i = CLIENT_UPLINK; i < SERVER_VETH; i++)
        places[i].answers = SIGHT_BLIND;
    judgement = judge(members, 2, false);
    assert_string_equal(judgement.failure, "answer-lost");
    assert_ptr_not_equal(judgement.first_missing, &places[CLIENT_UPLINK]);
    for (int i = CLIENT_UPLINK; i < SERVER_VETH; i++)
        places[i].answers = SIGHT_CLEAR;
}

static void stops_of_one_node_are_the_pods(void **state)
{
    const struct route_ends local = {
        .client_node = "b",
        .client_pod = "client",
        .server_node = "b",
        .server_pod = "server",
    };
    const struct vantage unknown = { .node = "b", .kind = VANTAGE_VETH };

    (void)state;
    assert_int_equal(vantage_stop(&places[SERVER_VETH], &local), 8);
    assert_int_equal(vantage_stop(&unknown, &local), STOP_UNKNOWN);
    assert_int_equal(vantage_stop(&places[CLIENT_UPLINK], &local),
                     STOP_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(answered_at_the_client_is_answered, start_clock),
        cmocka_unit_test_setup(an_answer_missing_at_the_client_is_lost,
                               start_clock),
        cmocka_unit_test_setup(a_repeat_after_an_answer_tells_of_its_loss,
                               start_clock),
        cmocka_unit_test_setup(a_repeat_after_a_truncated_answer_is_no_loss,
                               start_clock),
        cmocka_unit_test_setup(a_bridge_misses_no_answer_of_its_node,
                               start_clock),
        cmocka_unit_test_setup(an_interface_of_no_known_kind_is_no_stop,
                               start_clock),
        cmocka_unit_test_setup(a_question_missing_at_the_server_is_lost,
                               start_clock),
        cmocka_unit_test_setup(a_server_that_saw_it_and_is_silent, start_clock),
        cmocka_unit_test_setup(a_bad_checksum_on_arrival_is_damage,
                               start_clock),
        cmocka_unit_test_setup(
            partial_on_arrival_is_damage_only_where_it_is_dropped, start_clock),
        cmocka_unit_test_setup(partial_at_the_sender_is_never_damage,
                               start_clock),
        cmocka_unit_test_setup(error_codes_and_late_answers, start_clock),
        cmocka_unit_test_setup(a_capture_that_ends_at_once_cannot_tell,
                               start_clock),
        cmocka_unit_test_setup(a_capture_that_ended_before_the_answer_gives_way,
                               start_clock),
        cmocka_unit_test_setup(an_unwatched_place_is_not_missing_anything,
                               start_clock),
        cmocka_unit_test_setup(a_handshake_that_never_completes, start_clock),
        cmocka_unit_test_setup(a_blind_capture_is_no_witness, start_clock),
        cmocka_unit_test_setup(an_unclear_capture_says_nothing_alone,
                               start_clock),
        cmocka_unit_test_setup(a_blind_capture_misses_no_answer, start_clock),
        cmocka_unit_test_setup(stops_of_one_node_are_the_pods, start_clock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
