/* A capture file of any content, through the tracker, into rows. */
#include "evidence/capture.h"
#include "support/row_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct decode_options options = { .vxlan_ports = { 4789 },
                                      .vxlan_port_count = 1 };
    struct input input = { .evidence_id = 1, .path = "x.pcap", .head = bytes };
    static FILE *file;
    struct tracker_totals totals;
    struct row_text rows;

    if (file == NULL)
        file = tmpfile();
    if (file == NULL || ftruncate(fileno(file), 0) != 0 ||
        pwrite(fileno(file), bytes, length, 0) != (ssize_t)length)
        abort();
    input.descriptor = fileno(file);
    input.size_bytes = (int64_t)length;
    input.head_bytes = length < INPUT_HEAD_BYTES ? length : INPUT_HEAD_BYTES;
    row_text_init(&rows);
    (void)capture_read(&input, &options, &rows.sink, &totals);
    row_text_deinit(&rows);
    return 0;
}
