#include "track/sightings.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINKTYPE_LINUX_SLL = 113,
    PAYLOAD_BYTES_MAX = 64,
};

struct sighting {
    uint64_t identity;
    int64_t at_ns;
    uint8_t directions; /* in which it was counted, see direction_bit() */
};

void sightings_init(struct sightings *sightings)
{
    sightings->seen = memory_allocate((size_t)SIGHTINGS_SETS * SIGHTINGS_WAYS,
                                      sizeof *sightings->seen);
}

void sightings_deinit(struct sightings *sightings)
{
    free(sightings->seen);
    sightings->seen = NULL;
}

/* How long after its first sighting a packet may come by again. A sender
 * takes 10 ms and more to repeat itself (the tail loss probe of Linux is the
 * fastest) and gives the copy another IP id; without ids, and where packets
 * come by once, only time tells. */
static int64_t window_ns(const struct view *view, uint16_t ip_id)
{
    if (view->link_type == LINKTYPE_LINUX_SLL)
        return (ip_id != 0 ? 10 : 5) * NS_PER_SECOND / 1000;
    if (view->is_loopback || ip_id != 0)
        return NS_PER_SECOND / 1000;
    return -1;
}

/* Not the payload of TCP: sequence numbers and lengths stand for it. */
static uint64_t payload_hash(const struct view *view)
{
    struct reader payload = view->payload;
    uint64_t words[1 + PAYLOAD_BYTES_MAX / 8] = { reader_left(&payload) };

    if (words[0] > PAYLOAD_BYTES_MAX)
        words[0] = PAYLOAD_BYTES_MAX;
    reader_copy(&payload, (uint8_t *)&words[1], words[0]);
    return hash_words(words, sizeof words);
}

static uint64_t identity_of(const struct view *view)
{
    const struct flow_key *key = &view->key;
    const struct level *flow = view_flow(view);
    const struct layer *transport = flow->transport;
    uint64_t words[10] = {
        (uint64_t)key->interface << 48 | (uint64_t)key->depth << 40 |
            (uint64_t)key->protocol << 32 | key->tunnel_id,
        (uint64_t)key->source_port << 16 | key->destination_port,
        (uint64_t)flow->ip->ip_id << 32 | flow->ip->ip_bytes,
    };

    memcpy(&words[3], key->source, sizeof key->source);
    memcpy(&words[5], key->destination, sizeof key->destination);
    words[7] =
        (uint64_t)flow->ip->more_fragments << 32 | flow->ip->fragment_offset;
    if (transport == NULL)
        return hash_words(words, 8 * sizeof *words);
    words[8] = (uint64_t)transport->sequence << 32 | transport->acknowledgment;
    words[9] = (uint64_t)transport->flags << 56 |
               (uint64_t)transport->window << 32 | transport->rest;
    if (transport->kind == LAYER_TCP)
        return hash_words(words, sizeof words) ^ transport->timestamp;
    return payload_hash(view) ^ hash_words(words, sizeof words);
}

static uint8_t direction_bit(const struct view *view)
{
    switch (view->direction[0]) {
    case 'i':
        return 1;
    case 'o':
        return 2;
    default:
        return 4;
    }
}

static struct sighting *set_of(const struct sightings *sightings,
                               uint64_t identity)
{
    return &sightings->seen[identity % SIGHTINGS_SETS * SIGHTINGS_WAYS];
}

uint64_t sightings_expect(const struct sightings *sightings,
                          const struct view *view)
{
    uint64_t identity = identity_of(view);
    const struct sighting *set = set_of(sightings, identity);

    for (size_t i = 0; i < SIGHTINGS_WAYS; i++)
        __builtin_prefetch(&set[i], 1);
    return identity;
}

void sightings_judge(struct sightings *sightings, uint64_t identity,
                     struct view *view)
{
    struct sighting *set = set_of(sightings, identity);
    int64_t window = window_ns(view, view_flow(view)->ip->ip_id);
    struct sighting *oldest = set;

    view->is_duplicate = false;
    view->is_counted = false;
    if (window < 0)
        return;
    for (size_t i = 0; i < SIGHTINGS_WAYS; i++) {
        if (set[i].identity == identity && view->at_ns >= set[i].at_ns &&
            view->at_ns - set[i].at_ns <= window) {
            view->is_duplicate = true;
            view->is_counted = set[i].directions & direction_bit(view);
            set[i].directions |= direction_bit(view);
            return;
        }
        if (set[i].at_ns < oldest->at_ns)
            oldest = &set[i];
    }
    *oldest = (struct sighting){ .identity = identity,
                                 .at_ns = view->at_ns,
                                 .directions = direction_bit(view) };
}
