/* Small captures with one to four bytes, words or lengths changed: whatever
 * the damage, frames keep the promises of decode/packet.h, and what is not
 * read is said. The sanitizers look on. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "support/capture_files.h"
#include "support/frame_log.h"

enum {
    MUTANTS = 12000, /* of each seed */
};

static uint64_t random_state = 88172645463325252;

static uint32_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16);
}

/* Values at which lengths and counts turn over. */
static const uint32_t edges[] = {
    0,      1,       3,          4,          8,          12,         0xff,
    0xffff, 0x40000, 0x40001,    0xffffff,   0x1000000,  0x1000004,  0x7fffffff,
    5,      6,       0x80000000, 0xfffffffc, 0xffffffff, 0xfffffff0, 10,
};

static void change(struct file_bytes *file)
{
    size_t at = next_random() % file->length;
    uint32_t edge = edges[next_random() % (sizeof edges / sizeof edges[0])];
    size_t end = file->length;

    switch (next_random() % 4) {
    case 0:
        file->bytes[at] ^= (uint8_t)(1u << next_random() % 8);
        break;
    case 1:
        file->bytes[at] = (uint8_t)next_random();
        break;
    case 2:
        file->length = at / 4 * 4;
        put_u32(file, edge);
        file->length = end > file->length ? end : file->length;
        break;
    default:
        file->length = at;
        break;
    }
}

static bool says_what_is_lost(void)
{
    return frame_log.status == READ_WHOLE ||
           row_text_count(&frame_log.rows, "anomaly") > 0;
}

static int64_t run_mutants(const struct file_bytes *seed)
{
    int64_t frames = 0;

    for (int i = 0; i < MUTANTS; i++) {
        struct file_bytes mutant = *seed;
        uint32_t changes = 1 + next_random() % 4;

        for (uint32_t n = 0; n < changes && mutant.length > 0; n++)
            change(&mutant);
        log_capture("x.pcap", mutant.bytes, mutant.length);
        assert_true(frame_log.is_sound);
        assert_true(says_what_is_lost());
        assert_true(frame_log.frames <= (int64_t)mutant.length / 16);
        frames += frame_log.frames;
    }
    return frames;
}

static void test_mutants(void **state)
{
    static const struct pcap_kind pcap_kinds[] = {
        { 0xa1b23c4d, 2, 4, false, false },
        { 0xa1b2cd34, 2, 4, true, false },
    };

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct file_bytes pcap = { .is_big_endian = i == 0 };
        struct file_bytes pcapng = { .is_big_endian = i == 1 };

        put_pcap_file(&pcap, &pcap_kinds[i]);
        put_pcapng_file(&pcapng);
        /* Damage is partial: at least one frame in two mutants is read. */
        assert_true(run_mutants(&pcap) > MUTANTS / 2);
        assert_true(run_mutants(&pcapng) > MUTANTS / 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mutants),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    log_deinit();
    return failed;
}
