#include "track/profiles.h"

#include "base/hash.h"
#include "base/memory.h"
#include "store/rows.h"
#include "track/pool.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAC_BYTES = 6,
};

static const enum profile_header header_of_kind[] = {
    [LAYER_UDP] = PROFILE_UDP,
    [LAYER_TCP] = PROFILE_TCP,
    [LAYER_ICMP] = PROFILE_ICMP,
    [LAYER_SCTP] = PROFILE_SCTP,
};

const char *profile_header_name(enum profile_header header)
{
    static const char *const names[] = {
        [PROFILE_NONE] = "",     [PROFILE_IP] = "ip",
        [PROFILE_UDP] = "udp",   [PROFILE_TCP] = "tcp",
        [PROFILE_ICMP] = "icmp", [PROFILE_ICMPV6] = "icmpv6",
        [PROFILE_SCTP] = "sctp",
    };

    return names[header];
}

const char *profile_direction(const struct profile *profile)
{
    switch (profile->key.direction) {
    case 'i':
        return "in";
    case 'o':
        return "out";
    default:
        return "";
    }
}

const char *profile_tunnel(const struct profile *profile, size_t depth)
{
    return depth == 0 ? "" : profile->carries[depth - 1];
}

uint8_t profile_tunnel_code(const struct profile *profile, size_t depth)
{
    return depth == 0 ? 0 : profile->key.levels[depth - 1].tunnel;
}

void profiles_init(struct profiles *profiles, int64_t capture_bytes,
                   profile_spill_fn *spill, void *context)
{
    uint32_t room = pool_room(PROFILES_SETS_MAX * PROFILES_WAYS, capture_bytes);
    uint32_t sets = 1;

    while (sets * PROFILES_WAYS < room)
        sets *= 2;
    *profiles = (struct profiles){
        .set_mask = sets - 1,
        .spill = spill,
        .context = context,
    };
    profiles->slots =
        memory_allocate((size_t)sets * PROFILES_WAYS, sizeof *profiles->slots);
    profiles->tags =
        memory_allocate((size_t)sets * PROFILES_WAYS, sizeof *profiles->tags);
}

void profiles_deinit(struct profiles *profiles)
{
    free(profiles->slots);
    free(profiles->tags);
    *profiles = (struct profiles){ .slots = NULL };
}

/* A small code for a tunnel's name, which is one of a dozen. */
static uint8_t tunnel_code(const char *name)
{
    uint8_t code = 0;

    for (; *name != '\0'; name++)
        code = (uint8_t)(code * 31u + (uint8_t)*name);
    return code;
}

static enum profile_header transport_header(const struct layer *transport)
{
    if (transport->kind == LAYER_ICMP && transport->protocol == 58)
        return PROFILE_ICMPV6;
    return header_of_kind[transport->kind];
}

/* The service port is the lower one of the two. */
static void note_ports(struct profile_level *to, const struct level *level)
{
    const struct layer *transport = level->transport;

    if (transport == NULL || transport->kind == LAYER_ICMP)
        return;
    if (level->carries[0] != '\0' ||
        transport->destination_port <= transport->source_port)
        to->destination_port = transport->destination_port;
    else
        to->source_port = transport->source_port;
}

static void note_ip(struct profile_level *to, const struct level *level)
{
    const struct layer *ip = level->ip;

    to->protocol = level_protocol(level);
    to->address_bytes = ip->address_bytes;
    memcpy(to->source, ip->source, sizeof to->source);
    memcpy(to->destination, ip->destination, sizeof to->destination);
    if (level->carries[0] != '\0' && level->carries_id != ABSENT) {
        to->has_tunnel_id = 1;
        to->tunnel_id = (uint32_t)level->carries_id;
    }
    note_ports(to, level);
}

/* The fragments of a datagram were counted as IP; the transport header that
 * they make up is new. */
static void note_states(struct profile_level *to, const struct view *view,
                        uint8_t depth)
{
    const struct level *level = &view->levels[depth];

    if (level->ip != NULL && depth >= view->counted_levels)
        to->ip_state = (uint8_t)level->ip->checksum;
    if (depth + 1 < view->counted_levels || level->transport == NULL ||
        level->transport->checksum == CHECKSUM_NONE)
        return;
    to->transport = (uint8_t)transport_header(level->transport);
    to->transport_state = (uint8_t)level->transport->checksum;
}

static void note_sender(struct profile_key *key, const struct view *view)
{
    static const uint8_t none[MAC_BYTES];

    if (view->link == NULL || memcmp(view->link->source, none, MAC_BYTES) == 0)
        return;
    key->has_mac = 1;
    memcpy(key->mac, view->link->source, MAC_BYTES);
}

void profile_name(const struct view *view, struct profile_key *key)
{
    memset(key, 0, offsetof(struct profile_key, levels));
    key->interface = view->interface;
    key->direction = (uint8_t)view->direction[0];
    key->level_count = view->level_count;
    key->counted_levels = view->counted_levels;
    note_sender(key, view);
    for (uint8_t i = 0; i < view->level_count; i++) {
        const struct level *level = &view->levels[i];
        struct profile_level *to = &key->levels[i];

        memset(to, 0, sizeof *to);
        to->tunnel = tunnel_code(level->carries);
        if (level->ip != NULL)
            note_ip(to, level);
        note_states(to, view, i);
    }
}

static size_t key_bytes(const struct profile_key *key)
{
    return offsetof(struct profile_key, levels) +
           key->level_count * sizeof *key->levels;
}

/* Forgets who was there. */
static void begin(struct profile *profile, const struct view *view,
                  const struct profile_key *key)
{
    memcpy(&profile->key, key, key_bytes(key));
    profile->packets = 0;
    profile->first_frame = view->frame;
    profile->interface_number = view->interface_number;
    profile->traffic.packets = 0;
    for (uint8_t i = 0; i < view->level_count; i++) {
        profile->carries[i] = view->levels[i].carries;
        profile->traffic.bytes[i] = (struct profile_bytes){ .sum = 0 };
    }
}

static void add_traffic(struct profile_traffic *traffic,
                        const struct view *view)
{
    if (traffic->packets++ == 0) {
        traffic->first_frame = view->frame;
        traffic->first_ns = view->at_ns;
    }
    traffic->last_frame = view->frame;
    traffic->last_ns = view->at_ns;
    for (uint8_t i = view->counted_levels; i < view->level_count; i++) {
        struct profile_bytes *bytes = &traffic->bytes[i];
        const struct layer *ip = view->levels[i].ip;

        if (ip == NULL)
            continue;
        bytes->sum += ip->ip_bytes;
        if (ip->ip_bytes > bytes->most)
            bytes->most = ip->ip_bytes;
    }
}

static void add(struct profile *profile, const struct view *view)
{
    profile->packets++;
    profile->last_frame = view->frame;
    if (!view->is_counted)
        add_traffic(&profile->traffic, view);
}

void profile_of_view(const struct view *view, struct profile *profile)
{
    struct profile_key key;

    profile_name(view, &key);
    begin(profile, view, &key);
    add(profile, view);
}

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1;
}

static size_t first_slot(const struct profiles *profiles, uint64_t hash)
{
    return (hash & profiles->set_mask) * PROFILES_WAYS;
}

/* The key of a packet in one tunnel, and what changes. */
static void expect_slot(const struct profile *profile)
{
    const uint8_t *key = (const uint8_t *)&profile->key;
    const uint8_t *sums = (const uint8_t *)&profile->packets;

    for (size_t line = 0; line < 2; line++) {
        __builtin_prefetch(key + line * MEMORY_LINE_BYTES);
        __builtin_prefetch(sums + line * MEMORY_LINE_BYTES, 1);
    }
}

void profiles_expect(const struct profiles *profiles, struct profile_hint *hint)
{
    hint->hash = hash_words(&hint->key, key_bytes(&hint->key));
    __builtin_prefetch(&profiles->tags[first_slot(profiles, hint->hash)]);
}

void profiles_expect_slot(const struct profiles *profiles,
                          const struct profile_hint *hint)
{
    size_t first = first_slot(profiles, hint->hash);

    for (size_t i = first; i < first + PROFILES_WAYS; i++)
        if (profiles->tags[i] == tag_of(hint->hash))
            expect_slot(&profiles->slots[i]);
}

static void spill(const struct profiles *profiles, size_t slot)
{
    if (profiles->tags[slot] != 0)
        profiles->spill(profiles->context, &profiles->slots[slot]);
}

/* The slot with this key, made its own if no slot has it yet: an empty one, or
 * the one that the hash picks. */
static struct profile *slot_of(struct profiles *profiles,
                               const struct view *view,
                               const struct profile_hint *hint)
{
    size_t first = first_slot(profiles, hint->hash);
    size_t chosen = first + (hint->hash >> 60) % PROFILES_WAYS;

    for (size_t i = first; i < first + PROFILES_WAYS; i++) {
        if (profiles->tags[i] == tag_of(hint->hash) &&
            words_equal(&profiles->slots[i].key, &hint->key,
                        key_bytes(&hint->key)))
            return &profiles->slots[i];
        if (profiles->tags[i] == 0) {
            chosen = i;
            break;
        }
    }
    spill(profiles, chosen);
    profiles->tags[chosen] = tag_of(hint->hash);
    begin(&profiles->slots[chosen], view, &hint->key);
    return &profiles->slots[chosen];
}

void profiles_see(struct profiles *profiles, const struct view *view,
                  const struct profile_hint *hint)
{
    add(slot_of(profiles, view, hint), view);
}

struct place {
    int64_t first_frame;
    size_t slot;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *first = a;
    const struct place *second = b;

    return (first->first_frame > second->first_frame) -
           (first->first_frame < second->first_frame);
}

void profiles_finish(struct profiles *profiles)
{
    size_t slots = ((size_t)profiles->set_mask + 1) * PROFILES_WAYS;
    struct place *places = memory_allocate(slots, sizeof *places);
    size_t count = 0;

    for (size_t i = 0; i < slots; i++)
        if (profiles->tags[i] != 0)
            places[count++] =
                (struct place){ profiles->slots[i].first_frame, i };
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        spill(profiles, places[i].slot);
        profiles->tags[places[i].slot] = 0;
    }
    free(places);
}
