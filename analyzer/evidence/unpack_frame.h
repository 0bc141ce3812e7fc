/* The frames between the process that unpacks and the one that asked. */
#pragma once

#include <stdint.h>

enum unpack_frame {
    FRAME_HASH = 'h',   /* SHA-256 of the archive as hex */
    FRAME_MEMBER = 'm', /* u64 mtime, u8 type, name */
    FRAME_RAW = 'r',    /* no payload: data of a single file follows */
    FRAME_DATA = 'd',
    FRAME_END = 'e',    /* of the member; payload: why early, or nothing */
    FRAME_FINISH = 'z', /* of the archive; as FRAME_END */
};

enum {
    UNPACK_HEADER_BYTES = 5,
    UNPACK_DATA_BYTES = 128 * 1024,
    UNPACK_CPU_SECONDS = 3600,
};

/* What the process runs: archive on descriptor 3, pipe on 4. Never returns. */
void unpack_child_run(void);
