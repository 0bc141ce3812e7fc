#include "evidence/printed_sequence.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 1 << 13,
    RELATIVE_MAX = 1 << 16, /* an absolute one is as small once in 65536 */
    FLAG_SYN = 0x02,
    FLAG_ACK = 0x10,
};

/* Both directions of a connection, the lower end first. */
struct connection {
    uint64_t identity; /* 0: free */
    uint32_t base[2];  /* of what each end sends */
};

struct printed_sequences {
    struct connection slots[SLOTS];
};

struct printed_sequences *printed_sequences_create(void)
{
    return memory_allocate(1, sizeof(struct printed_sequences));
}

void printed_sequences_destroy(struct printed_sequences *sequences)
{
    free(sequences);
}

static int compare_ends(const struct printed_level *level)
{
    int order = memcmp(level->source.bytes, level->destination.bytes,
                       sizeof level->source.bytes);

    if (order != 0)
        return order;
    return level->source_port < level->destination_port ? -1 : 1;
}

static uint64_t hash_end(const struct address *address, int64_t port,
                         uint64_t seed)
{
    uint64_t hash = hash_bytes(address->bytes, address->length, seed);

    return hash_mix((uint64_t)port, hash);
}

static uint64_t identity_of(const struct printed_level *level, bool is_lower)
{
    uint64_t hash;

    if (is_lower)
        hash = hash_end(&level->destination, level->destination_port,
                        hash_end(&level->source, level->source_port, 6));
    else
        hash =
            hash_end(&level->source, level->source_port,
                     hash_end(&level->destination, level->destination_port, 6));
    return hash != 0 ? hash : 1;
}

/* Nearer to the base than to 0: printed as it was (-S). */
static uint32_t restore(uint32_t printed, uint32_t base)
{
    if (printed - base < printed)
        return printed;
    return printed + base;
}

static void begin(struct connection *connection,
                  const struct printed_level *level, size_t from)
{
    bool is_relative = !(level->flags & FLAG_SYN) &&
                       level->sequence < RELATIVE_MAX &&
                       level->acknowledgment < RELATIVE_MAX;

    connection->base[from] = is_relative ? 0 : level->sequence;
    connection->base[!from] = is_relative ? 0 : level->acknowledgment - 1;
}

void printed_sequences_restore(struct printed_sequences *sequences,
                               struct printed_level *level)
{
    bool is_lower = compare_ends(level) < 0;
    uint64_t identity = identity_of(level, is_lower);
    struct connection *connection = &sequences->slots[identity % SLOTS];
    size_t from = is_lower ? 0 : 1;
    bool is_known = connection->identity == identity;

    if (!(level->flags & FLAG_ACK))
        return; /* a SYN, or a reset: printed as it was */
    if (!is_known || level->flags & FLAG_SYN) {
        connection->identity = identity;
        begin(connection, level, from);
        return;
    }
    if (level->has_sequence)
        level->sequence = restore(level->sequence, connection->base[from]);
    else
        level->sequence = connection->base[from] + 1;
    level->acknowledgment =
        restore(level->acknowledgment, connection->base[!from]);
}
