#include "evidence/printed_sequence.h"

#include "base/hash.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 1 << 13,
    RELATIVE_MAX = 1 << 16, /* an absolute one is as small once in 65536 */
    NAME_BYTES_MAX = 255,
    DNS_HEADER_BYTES = 12,
    FLAG_SYN = 0x02,
    FLAG_ACK = 0x10,
};

/* Both directions of a connection, the lower end first. */
struct connection {
    uint64_t identity; /* 0: free */
    uint32_t base[2];  /* of what each end sends */
    bool is_asked;     /* and not answered */
    uint16_t id;
    uint16_t qtype;
    uint16_t name_bytes;
    char name[NAME_BYTES_MAX];
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

static void keep_question(struct connection *connection,
                          const struct printed_dns *dns)
{
    size_t length = dns->name.length;

    if (!dns->is_there || dns->is_response || length == 0 ||
        length > NAME_BYTES_MAX)
        return;
    connection->is_asked = true;
    connection->id = dns->id;
    connection->qtype = dns->qtype;
    connection->name_bytes = (uint16_t)length;
    memcpy(connection->name, dns->name.bytes, length);
}

/* The first segment after a question that is not a message by itself. */
static void find_answer(struct connection *connection,
                        struct printed_level *level)
{
    struct printed_dns *dns = &level->dns;

    if (!connection->is_asked)
        return;
    if (dns->is_there) {
        connection->is_asked = !dns->is_response;
        return;
    }
    if (level->prefix_bytes < DNS_HEADER_BYTES ||
        level->prefix_bytes > UINT16_MAX ||
        level->prefix_bytes + 2 <= level->payload_bytes)
        return;
    connection->is_asked = false;
    *dns = (struct printed_dns){
        .is_there = true,
        .is_response = true,
        .has_question = true,
        .id = connection->id,
        .qtype = connection->qtype,
        .name = text_slice(connection->name, connection->name_bytes),
        .message_bytes = level->prefix_bytes,
        .counts = { 1 },
    };
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
        connection->is_asked = false;
        begin(connection, level, from);
        keep_question(connection, &level->dns);
        return;
    }
    if (level->has_sequence)
        level->sequence = restore(level->sequence, connection->base[from]);
    else
        level->sequence = connection->base[from] + 1;
    level->acknowledgment =
        restore(level->acknowledgment, connection->base[!from]);
    find_answer(connection, level);
    keep_question(connection, &level->dns);
}
