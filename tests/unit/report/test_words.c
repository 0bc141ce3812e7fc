/* What a rule advises, taken apart into what to type and what is said. */
#include "report/words.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *text;
    const char *command;
    const char *remark;
} steps[] = {
    {
        .text = "ethtool --offload vxlan.calico rx off tx off   (the tunnel)",
        .command = "ethtool --offload vxlan.calico rx off tx off",
        .remark = "(the tunnel)",
    },
    {
        .text = "sysctl -w net.ipv4.conf.all.rp_filter=2 and the same for it",
        .command = "sysctl -w net.ipv4.conf.all.rp_filter=2",
        .remark = "and the same for it",
    },
    {
        .text = "tcpdump -i any -w a.pcap port 53 or udp port 4789 (on both)",
        .command = "tcpdump -i any -w a.pcap port 53 or udp port 4789",
        .remark = "(on both)",
    },
    {
        .text = "dmesg -T",
        .command = "dmesg -T",
        .remark = NULL,
    },
    {
        .text = "kubectl patch x -p '{\"a\": {\"b\": 1, \"c\": 2}}'",
        .command = "kubectl patch x -p '{\"a\": {\"b\": 1, \"c\": 2}}'",
        .remark = NULL,
    },
    {
        .text = "options single-request-reopen in the pods' resolv.conf",
        .command = NULL,
        .remark = "options single-request-reopen in the pods' resolv.conf",
    },
    {
        .text = "Put the former MTU back",
        .command = NULL,
        .remark = "Put the former MTU back",
    },
    {
        .text = NULL,
        .command = NULL,
        .remark = NULL,
    },
};

static void expect(const char *text, const char *expected)
{
    if (expected == NULL)
        assert_null(text);
    else
        assert_string_equal(text, expected);
}

static void a_step_is_a_command_and_a_remark(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct step step = step_of(&arena, steps[i].text);

        expect(step.command, steps[i].command);
        expect(step.remark, steps[i].remark);
    }
    arena_deinit(&arena);
}

static void a_look_is_no_cure(void **state)
{
    (void)state;
    assert_true(step_only_looks("ss -lunp"));
    assert_true(step_only_looks("kubectl -n kube-system logs POD"));
    assert_true(step_only_looks("kubectl -n kube-system get endpoints,pods"));
    assert_false(step_only_looks("kubectl delete pod POD"));
    assert_false(step_only_looks("sysctl -w a=1"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_is_a_command_and_a_remark),
        cmocka_unit_test(a_look_is_no_cure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
