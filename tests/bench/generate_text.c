/* Writes text evidence to standard output, the same bytes every time.
 *
 * usage: generate_text log MEGABYTES
 *        generate_text archive MEMBERS
 *
 * The log is that of a CoreDNS as `kubectl logs --timestamps` prints it; of a
 * hundred questions two end in an error. The archive is a tar of small
 * snapshots and logs, a thousand of each node: two lines to forty, no two
 * members alike. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_BYTES = 512,
    MEMBER_BYTES_MAX = 8192,
    NODE_MEMBERS = 1000,
    LOG_LINES = 20,
    NAMES = 20000,
    CLIENTS = 4000,
};

#define START_SECONDS INT64_C(1795342710) /* 2026-11-22T10:18:30Z */

static uint64_t random_state = 88172645463325252;
static int64_t now_ns = START_SECONDS * INT64_C(1000000000);

static uint32_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16);
}

struct writing {
    char *to;
    size_t room;
};

#define PRINT(writing, ...) \
    advance(writing, snprintf((writing)->to, (writing)->room, __VA_ARGS__))

static void advance(struct writing *writing, int written)
{
    if (written < 0 || (size_t)written >= writing->room)
        abort();
    writing->to += written;
    writing->room -= (size_t)written;
}

/* The days of November 2026 that are left are enough for any size. */
static void print_stamp(struct writing *out)
{
    int64_t seconds = now_ns / 1000000000 - START_SECONDS + 37110 + 21 * 86400;

    now_ns += 20000 + next_random() % 200000;
    PRINT(out, "2026-11-%02dT%02d:%02d:%02d.%09dZ", (int)(seconds / 86400 + 1),
          (int)(seconds / 3600 % 24), (int)(seconds / 60 % 60),
          (int)(seconds % 60), (int)(now_ns % 1000000000));
}

static void print_question(struct writing *out)
{
    static const char *const types[] = { "A", "AAAA", "A", "SRV" };
    uint32_t client = next_random() % CLIENTS;
    uint32_t name = next_random() % NAMES;
    const char *type = types[next_random() % 4];
    int lasts_us = 80 + (int)(next_random() % 900);
    int fails = next_random() % 100 < 2;

    print_stamp(out);
    PRINT(out,
          " [INFO] 10.%u.%u.%u:%u - %u \"%s IN svc-%u.team-%u.svc.cluster"
          ".local. udp %u false 512\" ",
          200 + client % 7, client / 250, client % 250 + 2,
          1024 + next_random() % 60000, next_random() % 65536, type, name,
          name % 40, 40 + name % 20);
    if (!fails) {
        PRINT(out, "NOERROR qr,aa,rd %u 0.000%06ds\n", 90 + name % 90,
              lasts_us * 1000 + (int)(next_random() % 1000));
        return;
    }
    PRINT(out, "- - 0 2.00%07ds\n", lasts_us);
    print_stamp(out);
    PRINT(out,
          " [ERROR] plugin/errors: 2 svc-%u.team-%u.svc.cluster.local. %s: "
          "read udp 10.200.0.3:%u->10.96.0.10:53: i/o timeout\n",
          name, name % 40, type, 1024 + next_random() % 60000);
}

static void print_questions(struct writing *out)
{
    for (int i = 0; i < LOG_LINES; i++)
        print_question(out);
}

static void print_netstat(struct writing *out)
{
    PRINT(out,
          "Ip:\n    Forwarding: 1\n    %u total packets received\n"
          "    %u forwarded\n    0 incoming packets discarded\n",
          next_random(), next_random());
    PRINT(out,
          "Tcp:\n    %u active connection openings\n"
          "    %u passive connection openings\n    %u segments received\n"
          "    %u segments retransmitted\n    %u bad segments received\n",
          next_random(), next_random(), next_random(), next_random() % 9000,
          next_random() % 70);
    PRINT(out,
          "Udp:\n    %u packets received\n"
          "    %u packets to unknown port received\n"
          "    %u packet receive errors\n    %u packets sent\n"
          "    InCsumErrors: %u\n",
          next_random(), next_random() % 900, next_random() % 900,
          next_random(), next_random() % 900);
}

static void print_ethtool(struct writing *out)
{
    PRINT(out, "NIC statistics:\n");
    for (unsigned queue = 0; queue < 8; queue++)
        PRINT(out,
              "     rx_queue_%u_packets: %u\n     rx_queue_%u_bytes: %u\n"
              "     rx_queue_%u_drops: %u\n     tx_queue_%u_packets: %u\n",
              queue, next_random(), queue, next_random(), queue,
              next_random() % 5, queue, next_random());
}

static void print_conntrack(struct writing *out)
{
    for (unsigned processor = 0; processor < 8; processor++)
        PRINT(out,
              "cpu=%u   \tfound=%u invalid=%u insert=0 insert_failed=%u "
              "drop=0 early_drop=0 error=0 search_restart=%u \n",
              processor, next_random() % 9000, next_random() % 900,
              next_random() % 90, next_random() % 9);
}

static void print_neighbours(struct writing *out)
{
    for (unsigned i = 0; i < 12; i++)
        PRINT(out,
              "10.133.90.%u dev cali%08x lladdr 2a:27:b4:%02x:%02x:%02x "
              "REACHABLE \n",
              i + 2, next_random(), next_random() % 256, next_random() % 256,
              i);
}

static void print_softnet(struct writing *out)
{
    for (unsigned i = 0; i < 8; i++)
        PRINT(out,
              "%08x 00000000 %08x 00000000 00000000 00000000 00000000 "
              "00000000 00000000 00000000 00000000\n",
              next_random(), next_random() % 20);
}

/* To add a member: its file name and what prints it. */
static const struct member {
    const char *name;
    void (*print)(struct writing *out);
} members[] = {
    { "netstat-s.txt", print_netstat },
    { "coredns-5d4c8b.log", print_questions },
    { "ethtool-S_eth0.txt", print_ethtool },
    { "conntrack-S.txt", print_conntrack },
    { "ip-neigh.txt", print_neighbours },
    { "proc-net-softnet_stat.txt", print_softnet },
};

/* POSIX ustar. */
static void write_member(const char *name, const char *content, size_t bytes)
{
    static const char padding[BLOCK_BYTES];
    char header[BLOCK_BYTES] = { 0 };
    unsigned sum = 0;

    snprintf(header, 100, "%s", name);
    memcpy(header + 100, "0000644\0000000000\0000000000", 24);
    snprintf(header + 124, 12, "%011o", (unsigned)bytes);
    snprintf(header + 136, 12, "%011o", (unsigned)START_SECONDS);
    memset(header + 148, ' ', 8);
    header[156] = '0';
    memcpy(header + 257, "ustar\00000", 8);
    for (size_t i = 0; i < sizeof header; i++)
        sum += (unsigned char)header[i];
    snprintf(header + 148, 8, "%06o", sum);
    fwrite(header, sizeof header, 1, stdout);
    fwrite(content, 1, bytes, stdout);
    fwrite(padding, 1, (BLOCK_BYTES - bytes % BLOCK_BYTES) % BLOCK_BYTES,
           stdout);
}

static void write_archive(int64_t count)
{
    static const char end[2 * BLOCK_BYTES];
    const int64_t kinds = sizeof members / sizeof members[0];
    char content[MEMBER_BYTES_MAX];
    char name[100];

    for (int64_t i = 0; i < count; i++) {
        const struct member *member = &members[i % NODE_MEMBERS % kinds];
        struct writing out = { content, sizeof content };

        snprintf(name, sizeof name, "bundle/nodes/node%d/round%d/%s",
                 (int)(i / NODE_MEMBERS), (int)(i % NODE_MEMBERS / kinds),
                 member->name);
        member->print(&out);
        write_member(name, content, (size_t)(out.to - content));
    }
    fwrite(end, sizeof end, 1, stdout);
}

static void write_log(int64_t megabytes)
{
    char content[MEMBER_BYTES_MAX];

    for (int64_t left = megabytes * 1000000; left > 0;) {
        struct writing out = { content, sizeof content };

        print_questions(&out);
        fwrite(content, 1, (size_t)(out.to - content), stdout);
        left -= out.to - content;
    }
}

int main(int argc, char **argv)
{
    long count = argc == 3 ? strtol(argv[2], NULL, 10) : 0;

    if (count > 0 && strcmp(argv[1], "log") == 0) {
        write_log(count);
    } else if (count > 0 && strcmp(argv[1], "archive") == 0) {
        write_archive(count);
    } else {
        fprintf(stderr, "usage: generate_text log MEGABYTES\n"
                        "       generate_text archive MEMBERS\n");
        return 1;
    }
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        perror("standard output");
        return 2;
    }
    return 0;
}
