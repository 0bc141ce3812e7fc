/* Whose word counts: the members of an exchange that judging asks for. */
#pragma once

#include "correlate/judge.h"

/* Whether the place would have seen an answer. A bridge tells nothing of those
 * that stay on their node: what is for another pod goes from port to port, and
 * what is for the host comes in under the addresses from before masquerading,
 * as bridge netfilter (bridge-nf-call-iptables, which kubeadm asks for)
 * translates before the bridge's own device sees it. */
enum sight witness_sight(const struct exchange_view *view,
                         const struct member *member);
/* The place nearest to the client that saw the question; the first member if
 * none did. */
const struct member *witness_near(const struct exchange_view *view);
/* The same among places that would have seen the answer, too; NULL. */
const struct member *witness_of_both(const struct exchange_view *view);
/* The place nearest to the server that saw the question; NULL. */
const struct member *witness_of_query(const struct exchange_view *view);
/* The last place that saw the answer on its way to the client; NULL. */
const struct member *witness_of_answer(const struct exchange_view *view);
