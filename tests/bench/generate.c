/* Writes a capture of DNS traffic across nodes, the same bytes every time.
 *
 * usage: generate [udp|tcp] QUESTIONS FILE.pcap
 *
 * Sixteen nodes, two of them with a DNS server; three questions of four go
 * over UDP, the others over TCP with opening and closing. Between two nodes
 * packets travel in VXLAN. Of a thousand questions five are lost with a wrong
 * inner checksum, and five TCP segments are sent again. About 3.5 packets a
 * question, 150 bytes a packet.
 *
 * With "udp" or "tcp" each question is a flow of its own, a pair of client
 * address and port that never comes again, over that protocol, on one node.
 * One question of ten has no answer: it is what a table of flows keeps
 * longest. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NODES = 16,
    SERVERS = 2,
    NAMES = 5000,
    ETHERNET_BYTES = 14,
    IP_BYTES = 20,
    UDP_BYTES = 8,
    TCP_BYTES = 20,
    VXLAN_BYTES = 8,
    TUNNEL_BYTES = ETHERNET_BYTES + IP_BYTES + UDP_BYTES + VXLAN_BYTES,
    PACKET_BYTES_MAX = 1024,
    FIN = 0x01,
    SYN = 0x02,
    PSH = 0x08,
    ACK = 0x10,
};

struct endpoint {
    uint32_t node; /* address of the node */
    uint32_t address;
    uint16_t port;
};

struct message {
    uint8_t bytes[PACKET_BYTES_MAX];
    size_t length;
};

static uint64_t random_state = 88172645463325252;
static uint64_t now_us = 1683280566000000;
static FILE *out;

static uint32_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16);
}

static bool happens(unsigned per_mille)
{
    return next_random() % 1000 < per_mille;
}

static uint8_t *put(uint8_t *to, uint32_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        to[i] = (uint8_t)(value >> 8 * (width - 1 - i));
    return to + width;
}

static uint16_t checksum(const uint8_t *bytes, size_t length, uint32_t sum)
{
    for (size_t i = 0; i < length; i++)
        sum += (uint32_t)bytes[i] << (i % 2 == 0 ? 8 : 0);
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

static uint32_t address_sum(uint32_t address)
{
    return (address >> 16) + (address & 0xffff);
}

static void put_ip(uint8_t *to, uint32_t from, uint32_t destination,
                   unsigned protocol, size_t payload_bytes)
{
    memset(to, 0, IP_BYTES);
    to[0] = 0x45;
    put(to + 2, (uint32_t)(IP_BYTES + payload_bytes), 2);
    put(to + 4, next_random(), 2);
    to[8] = 63;
    to[9] = (uint8_t)protocol;
    put(to + 12, from, 4);
    put(to + 16, destination, 4);
    put(to + 10, checksum(to, IP_BYTES, 0), 2);
}

static void put_ethernet(uint8_t *to, uint32_t from, uint32_t destination)
{
    to = put(put(to, 0x0200, 2), destination, 4);
    to = put(put(to, 0x0200, 2), from, 4);
    put(to, 0x0800, 2);
}

static void put_tunnel(uint8_t *to, const struct endpoint *from,
                       const struct endpoint *destination, size_t inner_bytes)
{
    put_ethernet(to, from->node, destination->node);
    put_ip(to + ETHERNET_BYTES, from->node, destination->node, 17,
           UDP_BYTES + VXLAN_BYTES + inner_bytes);
    to = put(to + ETHERNET_BYTES + IP_BYTES, 32768 + from->port % 28000, 2);
    to = put(to, 4789, 2);
    to = put(to, (uint32_t)(UDP_BYTES + VXLAN_BYTES + inner_bytes), 2);
    to = put(to, 0, 2);
    put(put(to, 0x08000000, 4), 4096 << 8, 4);
}

static void write_record(const uint8_t *bytes, size_t length)
{
    uint32_t header[4] = { (uint32_t)(now_us / 1000000),
                           (uint32_t)(now_us % 1000000), (uint32_t)length,
                           (uint32_t)length };

    fwrite(header, sizeof header, 1, out);
    fwrite(bytes, length, 1, out);
    now_us += 3 + next_random() % 20;
}

/* The transport header and payload lie in *segment; its checksum field is at
 * checksum_at. */
static void send_packet(const struct endpoint *from, const struct endpoint *to,
                        struct message *segment, size_t checksum_at,
                        bool is_damaged)
{
    static uint8_t packet[PACKET_BYTES_MAX + TUNNEL_BYTES + 64];
    unsigned protocol = checksum_at == 6 ? 17 : 6;
    size_t at = from->node == to->node ? 0 : TUNNEL_BYTES;
    size_t ip_at = at + ETHERNET_BYTES;
    uint32_t sum = address_sum(from->address) + address_sum(to->address) +
                   protocol + (uint32_t)segment->length;
    uint16_t right = checksum(segment->bytes, segment->length, sum);

    put(segment->bytes + checksum_at, is_damaged ? right ^ 0x1234u : right, 2);
    if (at > 0)
        put_tunnel(packet, from, to,
                   ETHERNET_BYTES + IP_BYTES + segment->length);
    put_ethernet(packet + at, from->address, to->address);
    put_ip(packet + ip_at, from->address, to->address, protocol,
           segment->length);
    memcpy(packet + ip_at + IP_BYTES, segment->bytes, segment->length);
    write_record(packet, ip_at + IP_BYTES + segment->length);
}

static void send_udp(const struct endpoint *from, const struct endpoint *to,
                     const struct message *payload, bool is_damaged)
{
    struct message segment = { .length = UDP_BYTES + payload->length };
    uint8_t *at = put(put(segment.bytes, from->port, 2), to->port, 2);

    put(at, (uint32_t)segment.length, 2);
    memcpy(segment.bytes + UDP_BYTES, payload->bytes, payload->length);
    send_packet(from, to, &segment, 6, is_damaged);
}

struct segment {
    uint32_t sequence;
    uint32_t acknowledged;
    unsigned flags;
    const struct message *payload; /* NULL: none */
};

static void send_tcp(const struct endpoint *from, const struct endpoint *to,
                     const struct segment *what, bool is_damaged)
{
    size_t length = what->payload == NULL ? 0 : what->payload->length + 2;
    struct message segment = { .length = TCP_BYTES + length };
    uint8_t *at = put(put(segment.bytes, from->port, 2), to->port, 2);

    at = put(put(at, what->sequence, 4), what->acknowledged, 4);
    at = put(put(at, 0x5000 | what->flags, 2), 64240, 2);
    if (length > 0) {
        at = put(segment.bytes + TCP_BYTES, (uint32_t)length - 2, 2);
        memcpy(at, what->payload->bytes, length - 2);
    }
    send_packet(from, to, &segment, 16, is_damaged);
}

static void make_question(struct message *message, uint16_t id, unsigned name)
{
    static const char zone[] = "\7default\3svc\7cluster\5local";
    uint8_t *at = message->bytes;
    char label[16];
    int length = snprintf(label, sizeof label, "svc%u", name % NAMES);

    at = put(put(put(at, id, 2), 0x0100, 2), 1, 2);
    at = put(put(at, 0, 4), 0, 2);
    at = put(at, (uint32_t)length, 1);
    memcpy(at, label, (size_t)length);
    memcpy(at + length, zone, sizeof zone);
    at = put(put(at + length + sizeof zone, 1, 2), 1, 2);
    message->length = (size_t)(at - message->bytes);
}

static void make_answer(struct message *message, uint32_t address)
{
    uint8_t *at = message->bytes + message->length;

    put(message->bytes + 2, 0x8580, 2);
    put(message->bytes + 6, 1, 2);
    at = put(put(put(at, 0xc00c, 2), 1, 2), 1, 2);
    at = put(put(put(at, 30, 4), 4, 2), address, 4);
    message->length = (size_t)(at - message->bytes);
}

static void ask_udp(const struct endpoint *client,
                    const struct endpoint *server, struct message *message,
                    bool is_damaged)
{
    send_udp(client, server, message, is_damaged);
    if (is_damaged || happens(5))
        return;
    now_us += 50 + next_random() % 500;
    make_answer(message, next_random());
    send_udp(server, client, message, false);
}

static void ask_tcp(const struct endpoint *client,
                    const struct endpoint *server, struct message *message,
                    bool is_damaged)
{
    uint32_t x = next_random();
    uint32_t y = next_random();
    struct segment segment = { x, 0, SYN, NULL };

    send_tcp(client, server, &segment, is_damaged);
    if (is_damaged) {
        now_us += 1000;
        send_tcp(client, server, &segment, true);
        return;
    }
    send_tcp(server, client, &(struct segment){ y, ++x, SYN | ACK, NULL }, 0);
    send_tcp(client, server, &(struct segment){ x, ++y, ACK, NULL }, 0);
    segment = (struct segment){ x, y, PSH | ACK, message };
    send_tcp(client, server, &segment, false);
    if (happens(20))
        send_tcp(client, server, &segment, false);
    x += (uint32_t)message->length + 2;
    make_answer(message, next_random());
    send_tcp(server, client, &(struct segment){ y, x, PSH | ACK, message }, 0);
    y += (uint32_t)message->length + 2;
    send_tcp(client, server, &(struct segment){ x, y, FIN | ACK, NULL }, 0);
    send_tcp(server, client, &(struct segment){ y, ++x, FIN | ACK, NULL }, 0);
    send_tcp(client, server, &(struct segment){ x, ++y, ACK, NULL }, 0);
}

static void ask(void)
{
    uint32_t from = next_random() % NODES;
    uint32_t to = next_random() % SERVERS;
    struct endpoint client = { 0xc0a8380b + from,
                               0x0a854000 + (from << 8) + 4 +
                                   next_random() % 60,
                               (uint16_t)(1024 + next_random() % 60000) };
    struct endpoint server = { 0xc0a8380b + to, 0x0a854000 + (to << 8) + 3,
                               53 };
    bool is_damaged = from != to && happens(5);
    struct message message = { .length = 0 };

    make_question(&message, (uint16_t)next_random(), next_random());
    if (next_random() % 4 != 0)
        ask_udp(&client, &server, &message, is_damaged);
    else
        ask_tcp(&client, &server, &message, is_damaged);
}

/* The n-th of 2^32 pairs of address and port: all ports of one client before
 * the next. */
static void ask_alone(uint32_t n, bool is_tcp)
{
    struct endpoint client = { 0xc0a8380b, 0x0a000000 + (n >> 15),
                               (uint16_t)(0x8000 | (n & 0x7fff)) };
    struct endpoint server = { 0xc0a8380b, 0x0a854003, 53 };
    struct message message = { .length = 0 };
    struct segment segment = { next_random(), 0, SYN, NULL };

    make_question(&message, (uint16_t)next_random(), next_random());
    if (n % 10 == 0 && is_tcp)
        send_tcp(&client, &server, &segment, false);
    else if (n % 10 == 0)
        send_udp(&client, &server, &message, false);
    else if (is_tcp)
        ask_tcp(&client, &server, &message, false);
    else
        ask_udp(&client, &server, &message, false);
}

/* NULL argument: the mixture. */
static void write_traffic(const char *protocol, uint32_t questions)
{
    const uint32_t header[6] = { 0xa1b2c3d4, 2 | 4u << 16, 0, 0, 262144, 1 };

    fwrite(header, sizeof header, 1, out);
    for (uint32_t i = 0; i < questions; i++)
        if (protocol == NULL)
            ask();
        else
            ask_alone(i, strcmp(protocol, "tcp") == 0);
}

int main(int argc, char **argv)
{
    const char *protocol = argc == 4 ? argv[1] : NULL;
    long questions =
        argc == 3 || argc == 4 ? strtol(argv[argc - 2], NULL, 10) : 0;

    if (questions <= 0 || questions > UINT32_MAX ||
        (protocol != NULL && strcmp(protocol, "udp") != 0 &&
         strcmp(protocol, "tcp") != 0)) {
        fprintf(stderr, "usage: generate [udp|tcp] QUESTIONS FILE.pcap\n");
        return 1;
    }
    out = fopen(argv[argc - 1], "wb");
    if (out == NULL) {
        perror(argv[argc - 1]);
        return 2;
    }
    write_traffic(protocol, (uint32_t)questions);
    if (ferror(out) != 0 || fclose(out) != 0) {
        perror(argv[argc - 1]);
        return 2;
    }
    return 0;
}
