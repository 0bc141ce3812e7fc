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
    WHOLE_BYTES_MAX = 512, /* a sample that is cut at every byte */
    CUTS_OF_LARGER = 60,
    RECORDS_OF_LARGER = 20, /* whose ends are cut off exactly */
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

/* A number of the file in the byte order that its first bytes tell. */
static uint32_t number_at(const struct sample *sample, size_t at,
                          bool is_little)
{
    uint32_t number = 0;

    for (size_t i = 0; i < 4 && at + i < sample->length; i++)
        number |= (uint32_t)sample->bytes[at + i]
                  << 8 * (is_little ? i : 3 - i);
    return number;
}

/* Where the record or block at `at` ends; the end of the sample if that is
 * nowhere. Blocks of pcapng say how long they are, records of pcap how many
 * bytes follow their 16. */
static size_t record_end(const struct sample *sample, size_t at)
{
    bool is_ng = sample->bytes[0] == 0x0a;
    bool is_little = sample->bytes[is_ng ? 8 : 0] != (is_ng ? 0x1a : 0xa1);
    uint32_t stated = number_at(sample, at + (is_ng ? 4 : 8), is_little);
    size_t end = at + stated + (is_ng ? 0 : RECORD_BYTES_MIN);

    return end > at && end < sample->length ? end : sample->length;
}

static void cut_around(struct sample *sample, size_t at)
{
    for (size_t length = at - 1; length <= at + 1; length++)
        if (length < sample->length)
            read_bytes(sample, sample->bytes, length);
}

/* One byte short of a record, at its end, and one byte into the next; and the
 * same around the head of each. */
static void cut_records(struct sample *sample)
{
    size_t at = sample->bytes[0] == 0x0a ? 0 : 24;

    for (int i = 0; i < RECORDS_OF_LARGER && at < sample->length; i++) {
        cut_around(sample, at + RECORD_BYTES_MIN);
        at = record_end(sample, at);
        cut_around(sample, at);
    }
}

static void cut(struct sample *sample)
{
    bool is_small = sample->length <= WHOLE_BYTES_MAX;
    size_t step = is_small ? 1 : 1 + sample->length / CUTS_OF_LARGER;

    for (size_t length = 0; length < sample->length; length += step)
        read_bytes(sample, sample->bytes, length);
    if (!is_small)
        cut_records(sample);
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
    assert_true(sample.read > 30000);
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
