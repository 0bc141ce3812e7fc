#include "store/page_cache.h"

#include <sqlite3.h>
#include <stddef.h>
#include <sys/mman.h>

enum {
    PAGE_BYTES = 8192,
    PAGES = 2080, /* those of the store's cache_size; more are in the heap */
    ALIGNMENT = 8,
};

void page_cache_keep_from_children(void)
{
    int header_bytes = 0;
    size_t total_bytes;
    void *memory;
    int bytes;

    if (sqlite3_config(SQLITE_CONFIG_PCACHE_HDRSZ, &header_bytes) != SQLITE_OK)
        return;
    bytes = PAGE_BYTES + (header_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    total_bytes = (size_t)bytes * PAGES;
    memory = mmap(NULL, total_bytes, PROT_READ | PROT_WRITE,
                  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    (void)madvise(memory, total_bytes, MADV_DONTFORK);
    if (sqlite3_config(SQLITE_CONFIG_PAGECACHE, memory, bytes, PAGES) !=
        SQLITE_OK)
        (void)munmap(memory, total_bytes);
}
