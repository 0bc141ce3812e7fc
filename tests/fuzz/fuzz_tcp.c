/* Any bytes as a TCP stream of DNS messages: each command is a length (0 an
 * acknowledgment), a signed step from the expected sequence number, and
 * payload. */
#include "track/dns_stream.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void count(void *context, const struct dns_stream_message *message)
{
    size_t *delivered = context;

    *delivered += reader_left(&message->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct reader in = reader_over(bytes, length);
    struct dns_streams streams;
    struct dns_stream stream = { .next = 0 };
    uint32_t sequence = UINT32_MAX - 100;
    size_t delivered = 0;

    dns_streams_init(&streams);
    if (reader_u8(&in) & 1)
        dns_stream_start(&stream, sequence);
    while (reader_left(&in) > 0) {
        uint32_t payload_bytes = reader_u8(&in);
        int8_t step = (int8_t)reader_u8(&in);
        struct dns_stream_segment segment = {
            .sequence = sequence + (uint32_t)step * 4,
            .payload_bytes = payload_bytes,
            .payload = reader_take(&in, payload_bytes < reader_left(&in)
                                            ? payload_bytes
                                            : reader_left(&in)),
            .deliver = count,
            .context = &delivered,
        };

        if (payload_bytes == 0)
            dns_stream_acknowledged(&stream, segment.sequence);
        dns_stream_take(&streams, &stream, &segment);
        sequence = segment.sequence + payload_bytes;
    }
    if (delivered > length)
        abort();
    dns_stream_end(&stream);
    dns_streams_deinit(&streams);
    return 0;
}
