/* Any bytes as one DNS message: UDP payload or a message of a stream. */
#include "track/dns_message.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char text[DNS_NAME_TEXT_BYTES];
    struct dns_message message;

    if (length > DNS_MESSAGE_BYTES_MAX)
        return 0;
    for (int is_cut = 0; is_cut < 2; is_cut++) {
        dns_message_read(reader_over(bytes, length), is_cut, &message);
        if (message.fault != NULL && message.fault_offset > length)
            abort();
        (void)dns_name_format(&message.name, text);
    }
    return 0;
}
