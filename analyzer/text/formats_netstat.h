/* What `netstat -s` calls a counter: see formats_netstat_sentences.c. */
#pragma once

/* "SECTION|MIB|SENTENCE" each, NULL at the end. */
extern const char *const netstat_sentences[];
