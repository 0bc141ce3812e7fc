/* Hashes: SHA-256 to name a file's content, and a fast 64-bit mix for
 * tables and identities. The 64-bit hash is not secret: tables that use it
 * bound their probes, so that chosen collisions cost time within the bound. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    SHA256_TEXT_BYTES = 65, /* 64 hex digits and NUL */
};

struct sha256;

struct sha256 *sha256_create(void);
void sha256_destroy(struct sha256 *sha256);
void sha256_add(struct sha256 *sha256, const void *bytes, size_t length);
/* Writes the digest as hex; the object can then only be destroyed. */
void sha256_finish(struct sha256 *sha256, char text[SHA256_TEXT_BYTES]);

/* Same bytes and seed, same value, on every machine. */
uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed);
uint64_t hash_mix(uint64_t value, uint64_t seed);

/* Hash of whole words, a multiple of 8 bytes, of this machine. Two lanes, so
 * that the multiplications of one need not wait for those of the other. Here
 * for the compiler, which unrolls it where the length is known. */
static inline uint64_t hash_words(const void *bytes, size_t length)
{
    uint64_t lanes[2] = { UINT64_C(0x9e3779b97f4a7c15), 0 };
    uint64_t word;

    for (size_t i = 0; i < length; i += sizeof word) {
        uint64_t *lane = &lanes[i / sizeof word % 2];

        memcpy(&word, (const unsigned char *)bytes + i, sizeof word);
        *lane = (*lane ^ word) * UINT64_C(0xff51afd7ed558ccd);
        *lane ^= *lane >> 32;
    }
    lanes[0] = (lanes[0] + lanes[1] * 3) * UINT64_C(0xc4ceb9fe1a85ec53);
    return lanes[0] ^ lanes[0] >> 29;
}

/* Whole words again: a call of memcmp() takes longer than these few. */
static inline bool words_equal(const void *a, const void *b, size_t length)
{
    for (size_t i = 0; i < length; i += sizeof(uint64_t)) {
        uint64_t words[2];

        memcpy(&words[0], (const unsigned char *)a + i, sizeof words[0]);
        memcpy(&words[1], (const unsigned char *)b + i, sizeof words[1]);
        if (words[0] != words[1])
            return false;
    }
    return true;
}
