/* Where captures were taken, and when: what could have been seen.
 *
 * A packet that is missing proves something only where somebody was looking.
 * A vantage covers a moment if its capture had packets before and after, or
 * if it lies within ten seconds of them and another capture of that node was
 * running: captures of one node are started and stopped together, and a quiet
 * interface has no packet to show for its last seconds. */
#pragma once

#include "base/failure.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;

enum vantage_kind {
    VANTAGE_OTHER,
    VANTAGE_POD,
    VANTAGE_VETH,
    VANTAGE_BRIDGE,
    VANTAGE_LOOPBACK,
    VANTAGE_TUNNEL,
    VANTAGE_UPLINK,
};

/* What a capture would have shown of one way. */
enum sight {
    SIGHT_CLEAR,
    SIGHT_BLIND,   /* its filter left that way out */
    SIGHT_UNCLEAR, /* nothing of that way was seen, and it may have */
};

struct vantage {
    int64_t evidence_id;
    int64_t interface;
    const char *path; /* of the capture */
    const char *node; /* NULL: not known */
    const char *name;
    const char *pod;
    enum vantage_kind kind;
    int64_t first_ns; /* of the whole capture, on the reference clock */
    int64_t last_ns;
    int64_t from_ns;     /* it was looking from here ... */
    int64_t until_ns;    /* ... to here */
    int64_t offset_ns;   /* of its clock: add it to what was captured */
    bool went_on_before; /* it is one of several files of one capture */
    bool goes_on_after;
    enum sight questions;
    enum sight answers;
};

struct coverage {
    struct vantage *list; /* by evidence_id and interface */
    size_t count;
};

/* Where a packet goes, as far as it is known. */
struct route_ends {
    const char *client_node;
    const char *client_pod; /* NULL: host network */
    const char *server_node;
    const char *server_pod;
};

enum {
    STOP_UNKNOWN = -1,
    STOP_CLIENT_LAST = 4, /* stops 0..4 are at the client's node */
    STOP_SERVER_NEAR = 8, /* 8 and 9 are at the server itself */
    STOP_COUNT = 10,
};

bool coverage_load(struct coverage *coverage, struct sqlite3 *database,
                   struct arena *arena, struct failure *failure) MUST_CHECK;
void coverage_deinit(struct coverage *coverage);
const struct vantage *coverage_find(const struct coverage *coverage,
                                    int64_t evidence_id, int64_t interface);

/* The place of a vantage on the way from client to server: 0 pod, 1 veth,
 * 2 bridge, 3 tunnel device, 4 uplink of the client's node; 5 uplink, 6
 * tunnel, 7 bridge, 8 veth, 9 pod of the server's; STOP_UNKNOWN elsewhere. */
int vantage_stop(const struct vantage *vantage, const struct route_ends *ends);
/* True if the capture was running at this time. */
bool vantage_covers(const struct vantage *vantage, int64_t at_ns);
/* True if one file of a capture ends and the next begins about this time. Of a
 * question at the end of one, the next may hold an answer that says nothing of
 * where it belongs: neither shows for certain that it is missing. */
bool vantage_is_at_seam(const struct vantage *vantage, int64_t at_ns);
/* A packet that would have passed a stop. */
struct passing {
    int stop;
    int64_t at_ns;
    bool is_answer;
};

/* A vantage that would have seen it; NULL. */
const struct vantage *coverage_of(const struct coverage *coverage,
                                  const struct route_ends *ends,
                                  const struct passing *passing);
