#include "base/hash.h"

#include "base/memory.h"

#include <endian.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sha256 {
    EVP_MD_CTX *context;
};

struct sha256 *sha256_create(void)
{
    struct sha256 *sha256 = memory_allocate(1, sizeof *sha256);

    sha256->context = EVP_MD_CTX_new();
    if (sha256->context == NULL ||
        EVP_DigestInit_ex(sha256->context, EVP_sha256(), NULL) != 1)
        abort();
    return sha256;
}

void sha256_destroy(struct sha256 *sha256)
{
    if (sha256 == NULL)
        return;
    EVP_MD_CTX_free(sha256->context);
    free(sha256);
}

void sha256_add(struct sha256 *sha256, const void *bytes, size_t length)
{
    if (EVP_DigestUpdate(sha256->context, bytes, length) != 1)
        abort();
}

void sha256_finish(struct sha256 *sha256, char text[SHA256_TEXT_BYTES])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    if (EVP_DigestFinal_ex(sha256->context, digest, &length) != 1 ||
        length != 32)
        abort();
    for (unsigned int i = 0; i < length; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

/* The finalizer of MurmurHash3 (public domain, Austin Appleby). */
uint64_t hash_mix(uint64_t value, uint64_t seed)
{
    uint64_t h = value + seed * UINT64_C(0x9e3779b97f4a7c15);

    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 33;
    h *= UINT64_C(0xc4ceb9fe1a85ec53);
    h ^= h >> 33;
    return h;
}

uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t h = hash_mix(length, seed);
    uint64_t word;

    for (; length >= sizeof word; length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        h = hash_mix(le64toh(word), h);
        at += sizeof word;
    }
    if (length > 0) {
        word = 0;
        memcpy(&word, at, length);
        h = hash_mix(le64toh(word), h);
    }
    return h;
}
