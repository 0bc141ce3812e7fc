/* Hashes: SHA-256 to name a file's content, and a fast 64-bit mix for
 * tables and identities. The 64-bit hash is not secret: tables that use it
 * bound their probes, so that chosen collisions cost time within the bound. */
#pragma once

#include <stddef.h>
#include <stdint.h>

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
