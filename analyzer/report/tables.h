/* The tables of the reports for people. */
#pragma once

/* Answered of asked, same-node against cross-node, by transport. */
extern const char contrast_sql[];
/* What was changed while the evidence was taken: sentence, reference. */
extern const char changes_sql[];
/* What separates failures from successes: in counts, and in odds. */
extern const char factor_sql[];
extern const char odds_sql[];
extern const char timeline_sql[];
/* What people suspect first and the evidence speaks against: sentence,
 * reference. */
extern const char herring_sql[];
/* Failures by leg and kind. */
extern const char impact_sql[];
/* Who reaches whom. */
extern const char reachability_sql[];
extern const char checksum_sql[];
extern const char counter_sql[];
extern const char retransmission_sql[];
/* Files that were read, by kind and by folder; those that were not, one by
 * one. */
extern const char read_sql[];
extern const char coverage_sql[];
extern const char unread_sql[];
extern const char digest_sql[];
extern const char clock_sql[];
