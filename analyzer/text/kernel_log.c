/* What the kernel says about packets, tables and links; texts of Linux 3.10
 * (RHEL 7) ... 6.18.
 *
 * To add a message: a row; the sample is its test. */
#include "text/log_message.h"

const struct log_message kernel_messages[] = {
    {
        /* net/ipv4/udp.c, printed by 3.10-era kernels, with dynamic debug
         * since: a tunnel packet was dropped for its outer checksum. */
        .families = LOG_KERNEL,
        .needle = "UDP: bad checksum",
        .pattern = "From (?<client>\\S+) to (?<local>\\S+) ulen \\d+",
        .event = "udp-bad-checksum",
        .source = "kernel",
        .sample = "[ 1423.035722] UDP: bad checksum. From 172.16.9.99:27503 to "
                  "172.16.80.252:8472 ulen 75",
        .yields = "event='udp-bad-checksum'|source='kernel'"
                  "|client='172.16.9.99'|client_port=27503"
                  "|local='172.16.80.252'|local_port=8472",
    },
    {
        .families = LOG_KERNEL,
        .needle = "UDP: short packet",
        .pattern = "From (?<client>\\S+) \\S+ to (?<local>\\S+)",
        .event = "udp-short-packet",
        .source = "kernel",
        .sample = "[ 1423.035722] UDP: short packet: From 10.0.0.1:53 40/30 to "
                  "10.0.0.2:4789",
        .yields = "event='udp-short-packet'|client='10.0.0.1'|local_port=4789",
    },
    {
        .families = LOG_KERNEL,
        .needle = "table full, dropping packet",
        .event = "conntrack-full",
        .source = "kernel",
        .severity = "error",
        .sample = "[ 1423.035722] nf_conntrack: nf_conntrack: table full, "
                  "dropping packet",
        .yields = "event='conntrack-full'|source='kernel'|severity='error'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "table overflow",
        .pattern = "(?i)neighbou?r(?:_cache)?: .*table overflow"
                   "|neighbour table overflow|(?:arp|ndisc)_cache.*overflow",
        .event = "neighbour-overflow",
        .source = "kernel",
        .severity = "error",
        .sample = "[ 1423.035722] neighbour: arp_cache: neighbor table "
                  "overflow!",
        .yields = "event='neighbour-overflow'|severity='error'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "martian source",
        .pattern = "martian source (?<local>\\S+) from (?<client>\\S+), on "
                   "dev \\S+",
        .event = "martian",
        .source = "kernel",
        .severity = "warning",
        .sample = "[Sun Nov 22 10:14:06 2026] IPv4: martian source 10.0.0.9 "
                  "from 10.244.1.7, on dev eth0",
        .yields = "event='martian'|client='10.244.1.7'|local='10.0.0.9'"
                  "|time_is='exact'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "martian destination",
        .pattern = "martian destination (?<local>\\S+) from (?<client>\\S+), "
                   "(?:on )?dev \\S+",
        .event = "martian",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] IPv4: martian destination 0.0.0.0 from "
                  "10.0.0.9, dev eth0",
        .yields = "event='martian'|client='10.0.0.9'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "hw csum failure",
        .event = "hw-csum-failure",
        .source = "kernel",
        .severity = "error",
        .sample = "Nov 22 10:15:55 node1 kernel: [ 1423.035722] eth0: hw csum "
                  "failure",
        .yields = "event='hw-csum-failure'|node='node1'|source='kernel'"
                  "|message='eth0: hw csum failure'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "skb_warn_bad_offload",
        .event = "bad-offload",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] WARNING: CPU: 0 PID: 9 at net/core/dev.c:3 "
                  "skb_warn_bad_offload+0xc1/0xd0",
        .yields = "event='bad-offload'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "migrated from",
        .pattern = ": [0-9a-f:]{17} migrated from (?<client>\\S+) to "
                   "(?<upstream>\\S+)",
        .event = "vxlan-migrated",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] vxlan.calico: 66:5a:8f:11:22:33 migrated "
                  "from 10.0.0.2 to 10.0.0.3",
        .yields = "event='vxlan-migrated'|client='10.0.0.2'"
                  "|upstream='10.0.0.3'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "non-ECT from",
        .pattern = "non-ECT from (?<client>\\S+)",
        .event = "tunnel-ecn",
        .source = "kernel",
        .sample = "[ 1423.035722] non-ECT from 10.0.0.1 with TOS=0x2",
        .yields = "event='tunnel-ecn'|client='10.0.0.1'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "bad checksum",
        .pattern = "nf_ct_\\w+: bad (?:TCP |UDP |ICMP |hw )?checksum",
        .event = "conntrack-bad-checksum",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] nf_ct_proto_17: bad checksum IN= OUT= "
                  "SRC=10.0.0.1 DST=10.0.0.2",
        .yields = "event='conntrack-bad-checksum'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "Possible SYN flooding",
        .event = "syn-flood",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] TCP: request_sock_TCP: Possible SYN flooding "
                  "on port 53. Sending cookies.",
        .yields = "event='syn-flood'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "entered promiscuous mode",
        .event = "promiscuous-on",
        .source = "kernel",
        .sample = "[ 1423.035722] device vxlan.calico entered promiscuous mode",
        .yields = "event='promiscuous-on'|source='kernel'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "left promiscuous mode",
        .event = "promiscuous-off",
        .source = "kernel",
        .sample = "[ 1423.035722] eth0: left promiscuous mode",
        .yields = "event='promiscuous-off'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "Link is ",
        .pattern = "Link is (?i:down)",
        .event = "link-down",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] ixgbe 0000:01:00.0 eth0: NIC Link is Down",
        .yields = "event='link-down'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "Link is ",
        .pattern = "Link is (?i:up)",
        .event = "link-up",
        .source = "kernel",
        .sample = "[ 1423.035722] ixgbe 0000:01:00.0 eth0: NIC Link is Up 10 "
                  "Gbps",
        .yields = "event='link-up'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "link becomes ready",
        .event = "link-up",
        .source = "kernel",
        .sample = "[ 1423.035722] IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link "
                  "becomes ready",
        .yields = "event='link-up'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "own address as source address",
        .event = "own-address",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] cni0: received packet on veth1 with own "
                  "address as source address (addr:0a:58:0a:f4:01:01, vlan:0)",
        .yields = "event='own-address'",
    },
    {
        /* The LOG target of firewalld, ufw and hand-made rules. */
        .families = LOG_KERNEL,
        .needle = " SRC=",
        .pattern = "(?i)(?:reject|drop|block|deny)\\S*[: ].*IN=\\S* OUT=\\S* "
                   ".*\\bSRC=(?<client>\\S+) DST=(?<local>\\S+)",
        .event = "firewall-reject",
        .source = "kernel",
        .severity = "warning",
        .sample = "[ 1423.035722] filter_FWD_public_REJECT: IN=flannel.1 "
                  "OUT=cni0 MAC=x SRC=10.244.1.7 DST=10.244.2.9 LEN=60",
        .yields = "event='firewall-reject'|client='10.244.1.7'"
                  "|local='10.244.2.9'",
    },
    {
        .families = LOG_KERNEL,
        .needle = "ut of memory: ",
        .event = "out-of-memory",
        .source = "kernel",
        .severity = "error",
        .sample = "[ 1423.035722] Memory cgroup out of memory: Killed process "
                  "812 (coredns)",
        .yields = "event='out-of-memory'",
    },
    { .needle = NULL },
};
