#include "evidence/layouts.h"

#include <stddef.h>

/* Any number of folders and archives around, the outermost match first. */
#define AROUND "(?:[^/]*/)*?"
#define PACKED "(?:\\.tar(?:\\.\\w+)?|\\.tgz)?"

/* To add a layout: its pattern with groups named as the clues, and a sample
 * path that its test reads. Several may match; the first that gives a clue
 * gives it. */
const struct layout layouts[] = {
    {
        .name = "sos report",
        .pattern = "^(?<collection>" AROUND "sosreport-(?<node>[^/]+?)"
                   "(?:-\\d{6,})?-\\d{4}-\\d{2}-\\d{2}-[a-z]{7}"
                   "(?:-obfuscated)?" PACKED ")/",
        .sample = "sosreport-worker-1-01234567-2026-11-22-abcdefg.tar.xz/"
                  "sosreport-worker-1-01234567-2026-11-22-abcdefg/"
                  "sos_commands/networking/netstat_-s",
        .node = "worker-1",
        .collection = "sosreport-worker-1-01234567-2026-11-22-abcdefg.tar.xz",
    },
    {
        .name = "network namespaces of a sos report",
        .pattern = "(?:^|/)sos_commands/networking/(?:namespaces/"
                   "(?<netns>[^/]+)/|ip_netns_exec_(?<netns>[^/]+?)_(?:ip_|"
                   "netstat_|nstat_|iptables|ip6tables|nft_|sysctl_|ethtool_|"
                   "ss_|route_))",
        .sample = "sos_commands/networking/namespaces/cni-1f7a2b3c-0d4e-4f5a-"
                  "8b6c-7d8e9f0a1b2c/ip_netns_exec_cni-1f7a2b3c-0d4e-4f5a-"
                  "8b6c-7d8e9f0a1b2c_netstat_-s",
        .netns = "cni-1f7a2b3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c",
    },
    {
        .name = "sos report before version 3.7",
        .pattern =
            "^(?<collection>" AROUND "sosreport-(?<node>[^/.]+?)"
            "(?:\\.[^/]+?)?-(?<stamp>\\d{14})(?:-[0-9a-f]{4})?" PACKED ")/",
        .sample = "sosreport-w-7.01234567-20261122101830.tar.xz/"
                  "sosreport-w-7.01234567-20261122101830/proc/net/snmp",
        .node = "w-7",
        .collection = "sosreport-w-7.01234567-20261122101830.tar.xz",
        .at_ns = 1795342710000000000,
    },
    {
        .name = "Rancher log collector",
        .pattern = "^(?<collection>" AROUND "(?<node>[^/]+)-(?<stamp>\\d{4}"
                   "-\\d{2}-\\d{2}_\\d{2}_\\d{2}_\\d{2})" PACKED ")/",
        .sample = "rke-2.lab-2026-11-22_10_18_30.tar.gz/"
                  "rke-2.lab-2026-11-22_10_18_30/networking/ethtool",
        .node = "rke-2.lab",
        .collection = "rke-2.lab-2026-11-22_10_18_30.tar.gz",
        .at_ns = 1795342710000000000,
    },
    {
        .name = "Antrea support bundle",
        .pattern = "^(?<collection>" AROUND
                   "(?:support-bundles_(?<stamp>\\d{8}T\\d{6})Z[^/]*/)?"
                   "agent_(?<node>[^/]+?)(?:\\.tar\\.gz)?)/",
        .sample = "support-bundles_20261122T101830Z/agent_w2.tar.gz/iptables",
        .node = "w2",
        .collection = "support-bundles_20261122T101830Z/agent_w2.tar.gz",
        .is_utc = true,
        .at_ns = 1795342710000000000,
    },
    {
        .name = "MicroK8s inspection report, of the node that wrote it",
        .pattern = "^(?<collection>" AROUND "inspection-report"
                   "(?:-(?<stamp>\\d{8}_\\d{6}))?" PACKED ")/",
        .sample = "inspection-report-20261122_101830.tar.gz/"
                  "inspection-report/network/ifconfig",
        .collection = "inspection-report-20261122_101830.tar.gz",
        .at_ns = 1795342710000000000,
    },
    {
        .name = "EKS log collector, named after the instance",
        .pattern = "^(?<collection>" AROUND "eks_i-[0-9a-f]+_(?<stamp>\\d{4}-"
                   "\\d{2}-\\d{2}_\\d{4})-UTC_[^/]*)/",
        .sample = "eks_i-0a1b2c3d4e5f60718_2026-11-22_1018-UTC_0.7.6.tar.gz/"
                  "networking/conntrack.txt",
        .collection = "eks_i-0a1b2c3d4e5f60718_2026-11-22_1018-UTC_0.7.6"
                      ".tar.gz",
        .is_utc = true,
        .at_ns = 1795342680000000000,
    },
    {
        .name = "Retina capture: NAME-HOST-TIME, either may hold dashes",
        .pattern =
            "^(?<collection>" AROUND "[^/]+-(?<stamp>\\d{14})UTC" PACKED ")/",
        .sample = "retina-capture-aks-pool1-4184-vmss000000-20261122101830UTC"
                  ".tar.gz/proc-net/snmp",
        .collection = "retina-capture-aks-pool1-4184-vmss000000-"
                      "20261122101830UTC.tar.gz",
        .is_utc = true,
        .at_ns = 1795342710000000000,
    },
    {
        .name = "Cilium bugtool, run in the agent's pod in the host's network",
        .pattern = "^(?<collection>" AROUND "cilium-bugtool-[^/]*?"
                   "(?<stamp>\\d{8}-\\d{6})[^/]*)/",
        .sample = "cilium-bugtool-cilium-8hx2k-20261122-101830.tar.gz/"
                  "cilium-bugtool-20261122-101830.123+0000-UTC-42/cmd/ip-a.md",
        .collection = "cilium-bugtool-cilium-8hx2k-20261122-101830.tar.gz",
        .at_ns = 1795342710000000000,
    },
    {
        .name = "logs of pods in a Cilium sysdump: after the last part of a "
                "name that the API server made up comes the container",
        .pattern = "(?:^|/)logs-(?<pod>[a-z0-9.-]+-"
                   "[bcdfghjklmnpqrstvwxz2456789]{5})-(?<container>[a-z0-9-]+)-"
                   "(?<stamp>\\d{8}-\\d{6})(?:-prev)?\\.log$",
        .sample = "cilium-sysdump-20261122-101830/logs-cilium-8hx2k-cilium-"
                  "agent-20261122-101830.log",
        .pod = "cilium-8hx2k",
        .at_ns = 1795342710000000000,
    },
    {
        .name = "Calico's cluster diagnostics",
        .pattern = "^(?<collection>" AROUND
                   "calico-diagnostics-(?<stamp>\\d{8}_\\d{6})" PACKED "/"
                   "(?:[^/]+/)??nodes/(?<node>[^/]+))/",
        .sample = "calico-diagnostics-20261122_101830.tar.gz/"
                  "calico-diagnostics-20261122_101830/nodes/w3/ip-route.txt",
        .node = "w3",
        .collection = "calico-diagnostics-20261122_101830.tar.gz/"
                      "calico-diagnostics-20261122_101830/nodes/w3",
        .is_utc = true,
        .at_ns = 1795342710000000000,
    },
    {
        .name = "must-gather asks a pod of its own for the offload settings",
        .pattern = "(?:^|/)nodes/(?<node>[^/]+)/ethtool_[a-z]+$",
        .sample = "must-gather.local.1/img/nodes/w5/ethtool_features",
        .node = "w5",
        .netns = "gather",
    },
    {
        .name = "nodes of a must-gather",
        .pattern = "^(?<collection>" AROUND "nodes/(?<node>[^/]+))/",
        .sample = "must-gather.local.1/img/nodes/w3/dmesg",
        .node = "w3",
        .collection = "must-gather.local.1/img/nodes/w3",
    },
    {
        .name = "pods of a must-gather",
        .pattern = "(?:^|/)namespaces/(?<namespace>[^/]+)/pods/"
                   "(?<pod>[^/]+)/(?:(?<container>[^/]+)/[^/]+/logs/)?",
        .sample = "must-gather.local.1/img/namespaces/openshift-dns/pods/"
                  "dns-default-x1y2z/dns/dns/logs/current.log",
        .pod = "dns-default-x1y2z",
    },
    {
        .name = "host collectors of troubleshoot.sh, one folder a node",
        .pattern = "^(?<collection>" AROUND
                   "(?:support-bundle-(?<stamp>\\d{4}-\\d{2}-\\d{2}T\\d{2}_"
                   "\\d{2}_\\d{2})" PACKED "/(?:[^/]+/)?)?"
                   "host-collectors/"
                   "(?!(?:system|run-host|journald|dns|[a-z]+PortStatus"
                   "|connect|diskUsage|http|copy|certificate)/)"
                   "(?<node>[^/]+))/[^/]+/",
        .sample = "support-bundle-2026-11-22T10_18_30/host-collectors/w4/"
                  "run-host/ethtool.txt",
        .node = "w4",
        .collection = "support-bundle-2026-11-22T10_18_30/host-collectors/w4",
        .at_ns = 1795342710000000000,
    },
    {
        .name = "logs of pods in troubleshoot.sh",
        .pattern = "(?:^|/)cluster-resources/pods/logs/(?<namespace>[^/]+)/"
                   "(?<pod>[^/]+)/(?<container>[^/]+?)(?:-previous)?\\.log$",
        .sample = "support-bundle/cluster-resources/pods/logs/kube-system/"
                  "coredns-5d78c9869d-x1y2z/coredns-previous.log",
        .pod = "coredns-5d78c9869d-x1y2z",
    },
    {
        .name = "logs of pods in kubectl cluster-info dump",
        .pattern = "(?:^|/)(?<namespace>[^/]+)/(?<pod>[^/]+)/logs\\.txt$",
        .sample = "cluster-state/kube-system/coredns-6f5f/logs.txt",
        .pod = "coredns-6f5f",
    },
    {
        .name = "logs of pods as the kubelet keeps them",
        .pattern = "(?:^|/)(?<namespace>[a-z0-9-]+)_(?<pod>[a-z0-9.-]+)_"
                   "[0-9a-f]{8}-?[0-9a-f-]{20,27}/(?<container>[^/]+)/[^/]+$",
        .sample = "node/var/log/pods/kube-system_coredns-abc_"
                  "f506dec3-b4f6-5cd6-9863-1c64f52c40b1/coredns/0.log",
        .pod = "coredns-abc",
    },
    {
        .name = "links to logs of containers, as the kubelet makes them",
        .pattern = "(?:^|/)(?<pod>[a-z0-9.-]+)_(?<namespace>[a-z0-9-]+)_"
                   "(?<container>[a-z0-9.-]+)-[0-9a-f]{64}\\.log$",
        .sample = "var_log/coredns-abc_kube-system_coredns-"
                  "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f"
                  "3f3f.log",
        .pod = "coredns-abc",
    },
    { .name = NULL },
};
