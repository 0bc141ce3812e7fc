/* Captures of others, cut off and damaged, from the file to the rows: the
 * sanitizers see every byte, and what is lost is told. */

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
/* clang-format on */

#include "capture_counts.h"

#include <glob.h>

enum {
    SAMPLE_BYTES_MAX = 64 * 1024,
    WHOLE_BYTES_MAX = 256, /* a sample that is cut at every byte */
    CUTS_OF_LARGER = 40,
    MUTANTS_OF_EACH = 160,
    RECORD_BYTES_MIN = 16,
};

static uint64_t random_state;

static uint32_t next_random(void)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1;
    return (uint32_t)(random_state >> 33);
}

struct sample {
    const char *path;
    uint8_t bytes[SAMPLE_BYTES_MAX];
    size_t length;
    int descriptor; /* of a file for what becomes of it */
    int64_t read;   /* files so far */
    int64_t packets;
};

static bool sample_load(struct sample *sample, const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return false;
    sample->path = path;
    sample->length = fread(sample->bytes, 1, sizeof sample->bytes, file);
    fclose(file);
    return true;
}

static void read_bytes(struct sample *sample, const uint8_t *bytes,
                       size_t length)
{
    static struct capture_counts counts;

    assert_int_equal(ftruncate(sample->descriptor, 0), 0);
    assert_int_equal(pwrite(sample->descriptor, bytes, length, 0), length);
    capture_count_open(sample->descriptor, sample->path, &counts);
    if (counts.status != READ_WHOLE && counts.anomalies == 0)
        fail_msg("%s of %zu bytes: nothing said", sample->path, length);
    assert_true(counts.packets <= (int64_t)(length / RECORD_BYTES_MIN));
    sample->read++;
    sample->packets += counts.packets;
}

static void cut(struct sample *sample)
{
    size_t step = sample->length <= WHOLE_BYTES_MAX
                      ? 1
                      : 1 + sample->length / CUTS_OF_LARGER;

    for (size_t length = 0; length < sample->length; length += step)
        read_bytes(sample, sample->bytes, length);
}

/* A header, a length, a record: any byte, or four that are a number which
 * readers of numbers like least. */
static void change(uint8_t *bytes, size_t length)
{
    static const uint32_t numbers[] = { 0,       1,          0xffff,
                                        0x40000, 0x7fffffff, 0xffffffff };
    uint32_t number = numbers[next_random() % 6];
    size_t at = next_random() % length;

    if (next_random() % 2 == 0 || length - at < sizeof number)
        bytes[at] = (uint8_t)next_random();
    else
        memcpy(bytes + at, &number, sizeof number);
}

static void mutate(struct sample *sample)
{
    static uint8_t mutant[SAMPLE_BYTES_MAX];

    for (int i = 0; i < MUTANTS_OF_EACH && sample->length > 0; i++) {
        uint32_t changes = 1 + next_random() % 4;

        memcpy(mutant, sample->bytes, sample->length);
        for (uint32_t n = 0; n < changes; n++)
            change(mutant, sample->length);
        read_bytes(sample, mutant, sample->length);
    }
}

static void each_sample(struct sample *sample, void (*harm)(struct sample *))
{
    static const char *const patterns[] = {
        SHARED_FOLDER "/captures/*/*.pcap*",
        SHARED_FOLDER "/captures/*/*/*.pcap*",
    };
    FILE *file = tmpfile();

    assert_non_null(file);
    random_state = 1;
    sample->descriptor = fileno(file);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        glob_t found;

        if (glob(patterns[i], 0, NULL, &found) != 0)
            continue;
        for (size_t n = 0; n < found.gl_pathc; n++)
            if (sample_load(sample, found.gl_pathv[n]))
                harm(sample);
        globfree(&found);
    }
    fclose(file);
    if (sample->read == 0) {
        print_message("skipped: no captures in " SHARED_FOLDER "\n");
        skip();
    }
    print_message("%lld files, %lld packets\n", (long long)sample->read,
                  (long long)sample->packets);
}

static void test_cut_off(void **state)
{
    static struct sample sample;

    (void)state;
    each_sample(&sample, cut);
    assert_true(sample.read > 15000);
}

static void test_mutants(void **state)
{
    static struct sample sample;

    (void)state;
    each_sample(&sample, mutate);
    assert_true(sample.read > 40000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_mutants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
