/* What kubelet, kube-proxy and the CNI's agents say that bears on DNS and the
 * overlay: Kubernetes 1.16 ... 1.30, Calico 3.8 ... 3.29, flannel 0.10 ...
 * 0.25, Cilium 1.9 ... 1.15.
 *
 * To add a message: a row; the sample is its test. */
#include "text/log_message.h"

const struct log_message kube_messages[] = {
    {
        .families = LOG_KUBE,
        .needle = "eatureDetectOverride",
        .event = "feature-override",
        .sample = "2023-05-05 09:56:06.123 [INFO][63] felix/config_params.go "
                  "452: Parsed value for FeatureDetectOverride: "
                  "map[ChecksumOffloadBroken:true] (from datastore (global))",
        .yields = "event='feature-override'|source='felix'",
    },
    {
        /* felix prints what it detected, with the override applied. */
        .families = LOG_KUBE,
        .needle = "ChecksumOffloadBroken:true",
        .event = "feature-detect",
        .error = "ChecksumOffloadBroken=true",
        .sample = "2023-05-05 09:56:06.123 [INFO][63] felix/feature_detect.go "
                  "255: Updating detected iptables features "
                  "features=environment.Features{MASQFullyRandom:true, "
                  "ChecksumOffloadBroken:true}",
        .yields = "event='feature-detect'|error='ChecksumOffloadBroken=true'"
                  "|source='felix'|severity='info'|time_is='exact'",
    },
    {
        .families = LOG_KUBE,
        .needle = "ChecksumOffloadBroken:false",
        .event = "feature-detect",
        .error = "ChecksumOffloadBroken=false",
        .sample = "2023-05-05 09:56:06.123 [INFO][63] felix/feature_detect.go "
                  "255: Updating detected iptables features "
                  "features=environment.Features{ChecksumOffloadBroken:false}",
        .yields = "event='feature-detect'|error='ChecksumOffloadBroken=false'",
    },
    {
        .families = LOG_KUBE,
        .needle = "DNSConfigForming",
        .event = "dns-config-forming",
        .severity = "warning",
        .sample = "W0705 14:52:45.525343     812 event.go:1] reason: "
                  "'DNSConfigForming' Search Line limits were exceeded",
        .yields = "event='dns-config-forming'|severity='warning'",
    },
    {
        .families = LOG_KUBE,
        .needle = "limits were exceeded",
        .pattern = "(?:Nameserver|Search Line) limits were exceeded",
        .event = "dns-config-forming",
        .severity = "warning",
        .sample = "E0705 14:52:45.525343     812 dns.go:153] Nameserver limits "
                  "were exceeded, some nameservers have been omitted",
        .yields = "event='dns-config-forming'|severity='error'",
    },
    {
        .families = LOG_KUBE,
        .needle = "robe failed",
        .event = "probe-failed",
        .reads_error = true,
        .sample = "Nov 22 10:15:55 node1 kubelet[812]: I1122 10:15:55.123456 "
                  "  812 prober.go:116] Readiness probe for \"coredns\" failed "
                  "(failure): probe failed: Get \"http://10.244.0.5:8181/ready"
                  "\": dial tcp 10.244.0.5:8181: connect: connection refused",
        .yields = "event='probe-failed'|node='node1'|source='kubelet'"
                  "|error='refused'|upstream='10.244.0.5'|upstream_port=8181",
    },
    {
        .families = LOG_KUBE,
        .needle = " probe ",
        .pattern = "(?:Liveness|Readiness|Startup) probe .*failed",
        .event = "probe-failed",
        .reads_error = true,
        .sample = "I1122 10:15:55.123456     812 prober.go:116] Liveness probe "
                  "for \"x\" failed (failure): context deadline exceeded",
        .yields = "event='probe-failed'|error='deadline-exceeded'",
    },
    {
        .families = LOG_KUBE,
        .needle = "xtables lock",
        .event = "rule-error",
        .sample = "E0705 14:52:45.525343       1 proxier.go:1] Another app is "
                  "currently holding the xtables lock",
        .yields = "event='rule-error'|severity='error'",
    },
    {
        .families = LOG_KUBE,
        .needle = "ailed to execute iptables-restore",
        .event = "rule-error",
        .sample = "E0705 14:52:45.525343       1 proxier.go:1577] Failed to "
                  "execute iptables-restore: exit status 2",
        .yields = "event='rule-error'|severity='error'",
    },
    {
        .families = LOG_KUBE | LOG_COREDNS,
        .needle = "iptables table",
        .pattern = "can't initialize ip6?tables table",
        .event = "iptables-error",
        .severity = "error",
        .sample = "E0705 14:52:45.525343       1 x.go:1] iptables v1.8.2: "
                  "can't initialize iptables table `nat': Table does not exist",
        .yields = "event='iptables-error'",
    },
    {
        .families = LOG_KUBE,
        .needle = "ailed to delete stale",
        .event = "conntrack-cleanup-failed",
        .sample = "E0705 14:52:45.525343       1 cleanup.go:1] Failed to "
                  "delete stale service connections: x",
        .yields = "event='conntrack-cleanup-failed'",
    },
    {
        .families = LOG_KUBE | LOG_COREDNS,
        .needle = "ailed to sync",
        .event = "sync-failed",
        .reads_error = true,
        .sample = "E0705 14:52:45.525343       1 proxier.go:1] Failed to sync "
                  "endpoint slice cache: connection refused",
        .yields = "event='sync-failed'|error='refused'|severity='error'",
    },
    {
        .families = LOG_KUBE,
        .needle = "Using interface with name",
        .pattern = "with name \\S+ and address (?<local>[0-9a-fA-F.:]+)",
        .event = "interface-chosen",
        .sample = "I0705 14:52:45.525343       1 main.go:1] Using interface "
                  "with name eth0 and address 10.0.2.15",
        .yields = "event='interface-chosen'|local='10.0.2.15'",
    },
    {
        .families = LOG_KUBE,
        .needle = "Using autodetected IP",
        .pattern = "on interface \\S+ (?<local>[0-9a-fA-F.:]+)",
        .event = "interface-chosen",
        .sample = "2023-05-05 09:56:06.123 [INFO][9] startup/autodetection_"
                  "methods.go 103: Using autodetected IPv4 address on "
                  "interface eth0: 10.0.0.1/24",
        .yields = "event='interface-chosen'",
    },
    {
        .families = LOG_KUBE,
        .needle = "ap insertion failed",
        .event = "ebpf-map-full",
        .severity = "error",
        .sample = "level=warning msg=\"CT: Map insertion failed\"",
        .yields = "event='ebpf-map-full'|severity='warning'",
    },
    {
        .families = LOG_KUBE,
        .needle = "No mapping for NAT masquerade",
        .event = "ebpf-map-full",
        .severity = "error",
        .sample = "level=info msg=\"drop: No mapping for NAT masquerade\"",
        .yields = "event='ebpf-map-full'",
    },
    {
        .families = LOG_KUBE,
        .needle = "tunnel/encapsulation endpoint",
        .event = "tunnel-endpoint-missing",
        .severity = "error",
        .sample = "level=info msg=\"drop: No tunnel/encapsulation endpoint\"",
        .yields = "event='tunnel-endpoint-missing'",
    },
    {
        .families = LOG_KUBE,
        .needle = "Policy denied",
        .event = "policy-denied",
        .severity = "warning",
        .sample = "level=info msg=\"xx drop (Policy denied) flow\"",
        .yields = "event='policy-denied'",
    },
    {
        .families = LOG_KUBE | LOG_COREDNS,
        .needle = "not yet valid",
        .pattern = "certificate (?:has expired or )?is not yet valid",
        .event = "certificate-time",
        .severity = "error",
        .error = "certificate-time",
        .sample = "E0705 14:52:45.525343       1 x.go:1] x509: certificate has "
                  "expired or is not yet valid",
        .yields = "event='certificate-time'|error='certificate-time'",
    },
    {
        /* Go's resolver in any program: a client's view of the DNS. */
        .families = LOG_KUBE | LOG_COREDNS,
        .needle = "lookup ",
        .pattern = "(?:dial (?:tcp|udp): )?lookup \\S+(?: on \\S+)?: ",
        .event = "lookup-failed",
        .severity = "error",
        .reads_error = true,
        .sample = "E0705 14:52:45.525343       1 x.go:1] dial tcp: lookup "
                  "db.shop.svc on 10.96.0.10:53: read udp 10.244.1.7:40001->"
                  "10.96.0.10:53: i/o timeout",
        .yields = "event='lookup-failed'|qname='db.shop.svc.'"
                  "|operation='lookup'|upstream='10.96.0.10'"
                  "|upstream_port=53|local='10.244.1.7'|local_port=40001"
                  "|error='timeout'",
    },
    { .needle = NULL },
};
