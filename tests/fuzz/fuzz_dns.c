/* Any bytes as one DNS message: UDP payload or a message of a stream. What is
 * found well formed, ldns takes as well, whether it was asked or not. */
#include "track/dns_message.h"

#include <ldns/ldns.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void compare(const uint8_t *bytes, size_t length)
{
    ldns_pkt *packet = NULL;

    if (ldns_wire2pkt(&packet, bytes, length) != LDNS_STATUS_OK)
        abort();
    ldns_pkt_free(packet);
}

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
        if (!is_cut && message.fault == NULL)
            compare(bytes, length);
        (void)dns_name_format(&message.name, text);
    }
    return 0;
}
