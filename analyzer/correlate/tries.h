/* Tries of one question: what a client repeats, it did not get. */
#pragma once

#include "correlate/judge.h"

struct tries {
    int64_t count;
    int64_t last_ns;
};

/* True if both are rows of one place, client, port and server: tries of one
 * question, parted by an answer that passed between them. */
bool tries_are_repeats(const struct member *a, const struct member *b);
/* The most that one place saw, and when the last left the place `near`. */
struct tries tries_count(const struct exchange_view *view,
                         const struct member *near);
/* An answer passed here, and later the client asked the same again from the
 * same port: it did not get it. */
bool tries_follow_answer(const struct exchange_view *view,
                         const struct member *near);
/* The client asked again after the time that resolvers and TCP wait. */
bool tries_wait(const struct exchange_view *view, const struct member *near);
