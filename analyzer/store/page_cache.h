/* The pages that SQLite keeps, in memory that child processes do not get.
 *
 * Loading forks a process for each file of evidence, and the kernel copies
 * the page table of all that the parent holds: with a cache of 16 MiB in the
 * heap that is a third of the time of a load of many small files (20,000
 * members: 83 s of processors, 56 s so). No child touches the database. */
#pragma once

/* To be called before the first store is opened; later it does nothing. */
void page_cache_keep_from_children(void);
