/* Whose word counts: the members of an exchange that judging asks for. */
#pragma once

#include "correlate/judge.h"

/* The place nearest to the client that saw the question; the first member if
 * none did. */
const struct member *witness_near(const struct exchange_view *view);
/* The same among places that would have seen the answer, too; NULL. */
const struct member *witness_of_both(const struct exchange_view *view);
/* The place nearest to the server that saw the question; NULL. */
const struct member *witness_of_query(const struct exchange_view *view);
/* The last place that saw the answer on its way to the client; NULL. */
const struct member *witness_of_answer(const struct exchange_view *view);
