/* What each checksum field says, the innermost first.
 *
 * A transport checksum that was left to the interface ("partial") holds the
 * folded sum of the pseudo-header, not complemented (Linux CHECKSUM_PARTIAL).
 * Its length is that of the segment, or 0 with some drivers of others.
 *
 * Only one sum of a packet is left open. So around an inner partial one,
 * Linux (since 4.6) writes into the outer header what will be right when the
 * inner one is finished: local checksum offload, LCO. Then the inner segment
 * and its pseudo-header sum up to 0xffff, and the whole of it therefore to
 * the complement of that pseudo-header: the payload is not needed, and an
 * outer sum can be judged in a frame that was cut behind the inner header.
 *
 * No byte is summed twice: the sum of an inner segment is kept and used in
 * that of the outer one. */
#include "decode/checksum.h"
#include "decode/decoder.h"

enum {
    SCTP_FIELD_OFFSET = 8,
};

/* The sum of the bytes [start, end). */
struct span {
    size_t start;
    size_t end;
    uint16_t sum;
};

struct judge {
    const struct reader *frame;
    struct span inner;           /* the last one summed; empty at first */
    const struct check *partial; /* the outermost so far */
};

/* Words that begin at an odd offset of the sum they go into have their bytes
 * swapped in it (RFC 1071 2.B). */
static uint16_t aligned(uint16_t sum, size_t offset)
{
    if (offset % 2 == 0)
        return sum;
    return (uint16_t)(sum << 8 | sum >> 8);
}

static uint64_t sum_between(const struct judge *judge, size_t base,
                            size_t start, size_t end)
{
    uint64_t sum = checksum_sum(judge->frame, start, end);

    return aligned(checksum_fold(sum), start - base);
}

/* An IPv4 header lies beside the segment in it: the segment is kept. */
static uint16_t sum_of(struct judge *judge, size_t start, size_t end)
{
    struct span inner = judge->inner;
    bool is_inside = inner.start >= start && inner.end <= end;
    uint64_t sum;

    if (inner.end == 0 || !is_inside)
        sum = checksum_sum(judge->frame, start, end);
    else
        sum = sum_between(judge, start, start, inner.start) +
              aligned(inner.sum, inner.start - start) +
              sum_between(judge, start, inner.end, end);
    if (inner.end == 0 || is_inside)
        judge->inner = (struct span){ start, end, checksum_fold(sum) };
    return checksum_fold(sum);
}

static uint16_t pseudo_of(const struct check *check)
{
    return check->rule == CHECK_SUM_PSEUDO ? check->layer->pseudo : 0;
}

/* The field that makes a sum right which was taken with the stored one. */
static uint16_t correct_for(const struct check *check, uint64_t sum)
{
    uint16_t without =
        checksum_fold(sum + checksum_minus(check->layer->stored));
    uint16_t correct = (uint16_t)~without;

    return correct == 0 && check->zero_means_none ? 0xffff : correct;
}

static bool holds_partial(const struct check *check)
{
    const struct layer *layer = check->layer;

    return check->rule == CHECK_SUM_PSEUDO &&
           (layer->stored == layer->pseudo ||
            layer->stored == check->pseudo_bare);
}

/* There is a partial checksum in what this one covers. */
static bool covers_partial(const struct judge *judge, const struct check *check)
{
    return judge->partial != NULL && judge->partial->start >= check->start &&
           judge->partial->start < check->end;
}

/* The field as it has to be once the inner one is finished. */
static uint16_t correct_with_lco(const struct judge *judge,
                                 const struct check *check)
{
    size_t inner_start = judge->partial->start;
    uint16_t finished = (uint16_t)~judge->partial->layer->pseudo;
    uint64_t sum = sum_between(judge, check->start, check->start, inner_start);

    sum += aligned(finished, inner_start - check->start);
    return correct_for(check, sum + pseudo_of(check));
}

/* The rest, once the sum over the bytes as they are did not decide. */
static enum checksum_state judge_unfinished(struct judge *judge,
                                            const struct check *check,
                                            bool is_whole)
{
    struct layer *layer = check->layer;

    if (holds_partial(check)) {
        judge->partial = check;
        return CHECKSUM_PARTIAL;
    }
    if (covers_partial(judge, check)) {
        uint16_t correct = correct_with_lco(judge, check);

        if (correct == layer->stored || is_whole)
            layer->correct = correct;
        if (correct == layer->stored)
            return CHECKSUM_LCO;
    }
    if (is_whole)
        return CHECKSUM_BAD;
    layer->correct = 0;
    return CHECKSUM_UNVERIFIABLE;
}

static enum checksum_state judge_sum(struct judge *judge,
                                     const struct check *check)
{
    struct layer *layer = check->layer;
    bool is_whole = check->end <= judge->frame->end;

    if (layer->stored == 0 && check->zero_means_none)
        return CHECKSUM_ZERO;
    if (is_whole) {
        uint64_t sum = sum_of(judge, check->start, (size_t)check->end);

        sum += pseudo_of(check);
        layer->correct = correct_for(check, sum);
        if (checksum_fold(sum) == 0xffff)
            return CHECKSUM_OK;
    }
    return judge_unfinished(judge, check, is_whole && !check->is_doubtful);
}

/* A field of 0 was left to the interface: Linux sends no other sum of 0. */
static enum checksum_state judge_crc32c(const struct judge *judge,
                                        const struct check *check)
{
    size_t field_at = check->start + SCTP_FIELD_OFFSET;
    struct reader field = *judge->frame;
    uint32_t stored;

    reader_skip(&field, field_at);
    stored = (uint32_t)reader_little_endian(&field, 4);
    if (stored == 0)
        return CHECKSUM_PARTIAL;
    if (check->end > judge->frame->end)
        return CHECKSUM_UNVERIFIABLE;
    if (stored == checksum_crc32c(judge->frame, check->start,
                                  (size_t)check->end, field_at))
        return CHECKSUM_OK;
    return check->is_doubtful ? CHECKSUM_UNVERIFIABLE : CHECKSUM_BAD;
}

void decoding_judge(struct decoding *decoding)
{
    struct reader frame = reader_over(decoding->in.base, decoding->frame_end);
    struct judge judge = { .frame = &frame };

    for (size_t i = decoding->check_count; i > 0; i--) {
        const struct check *check = &decoding->checks[i - 1];

        check->layer->checksum = check->rule == CHECK_CRC32C
                                     ? judge_crc32c(&judge, check)
                                     : judge_sum(&judge, check);
    }
}

const char *checksum_name(enum checksum_state state)
{
    static const char *const names[] = {
        [CHECKSUM_NONE] = "",
        [CHECKSUM_OK] = "ok",
        [CHECKSUM_ZERO] = "zero",
        [CHECKSUM_PARTIAL] = "partial",
        [CHECKSUM_LCO] = "lco",
        [CHECKSUM_BAD] = "bad",
        [CHECKSUM_UNVERIFIABLE] = "unverifiable",
    };

    return names[state];
}

/* The field is the complement of the sum. With the old port p, all else
 * called r: stored = -(r + p) and correct = -(r + q), q being the port that
 * stands there. So p = q + correct - stored, mod 0xffff. There is no port 0:
 * that remainder means 0xffff. */
int32_t checksum_solve_port(const struct layer *layer)
{
    uint32_t port;

    if (layer->checksum != CHECKSUM_BAD ||
        (layer->kind != LAYER_UDP && layer->kind != LAYER_TCP))
        return -1;
    port = ((uint32_t)layer->source_port + layer->correct +
            checksum_minus(layer->stored)) %
           0xffff;
    return port == 0 ? 0xffff : (int32_t)port;
}
