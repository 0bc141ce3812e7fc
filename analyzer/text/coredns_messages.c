/* What CoreDNS v1.2 ... v1.14 and its plugins say besides queries and errors.
 *
 * To add a message: a row; the sample is its test. Rows without event are
 * ordinary lines: known, and no fact. */
#include "text/log_message.h"

const struct log_message coredns_messages[] = {
    {
        .families = LOG_COREDNS,
        .needle = "CoreDNS-",
        .pattern = "^CoreDNS-\\S+(?: \\(.*\\))?$",
        .event = "start",
        .sample = "CoreDNS-1.7.0",
        .yields = "event='start'|message='CoreDNS-1.7.0'",
    },
    {
        .families = LOG_COREDNS,
        .needle = ", go",
        .pattern = "^(?:linux|darwin|windows|freebsd)/[a-z0-9]+, go\\S+, \\S*$",
        .sample = "linux/amd64, go1.16.8, ",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Running configuration",
        .event = "reload",
        .sample = "[INFO] plugin/reload: Running configuration MD5 = "
                  "adf97d6b4504ff12113ebb35f0c6413e",
        .yields = "event='reload'|severity='info'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Reloading complete",
        .event = "reload",
        .sample = "[INFO] Reloading complete",
        .yields = "event='reload'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Reloading",
        .pattern = "^\\[INFO\\] (?:SIGUSR1: )?Reloading$",
        .event = "reload",
        .sample = "[INFO] Reloading",
        .yields = "event='reload'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "reload failed",
        .event = "reload-failed",
        .sample = "[ERROR] plugin/reload: Corefile changed but reload failed: "
                  "parse error",
        .yields = "event='reload-failed'|severity='error'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Restart failed",
        .event = "reload-failed",
        .sample = "[ERROR] Restart failed: listen tcp :53: bind: address "
                  "already in use",
        .reads_error = true,
        .yields = "event='reload-failed'|error='address-in-use'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Corefile parse failed",
        .event = "reload-failed",
        .sample = "[WARNING] plugin/reload: Corefile parse failed: x",
        .yields = "event='reload-failed'|severity='warning'",
    },
    {
        .families = LOG_COREDNS,
        .needle = ") detected for zone",
        .pattern = "Loop \\((?<client>\\S+) -> \\S+\\) detected for zone "
                   "\"(?<qname>[^\"]*)\"",
        .event = "loop-detected",
        .sample = "[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :1053) "
                  "detected for zone \".\", see "
                  "https://coredns.io/plugins/loop#troubleshooting. Query: "
                  "\"HINFO 4547991504243258144.3688648895315093531.\"",
        .yields = "event='loop-detected'|severity='fatal'|qname='.'"
                  "|client='127.0.0.1'|client_port=55953",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Seen \"HINFO",
        .event = "loop-detected",
        .sample = "[FATAL] plugin/loop: Seen \"HINFO IN 45.36.\" more than "
                  "twice, loop detected",
        .yields = "event='loop-detected'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Shutting down",
        .event = "stop",
        .sample = "[INFO] SIGTERM: Shutting down servers then terminating",
        .yields = "event='stop'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "SIGQUIT: Quitting",
        .event = "stop",
        .sample = "[INFO] SIGQUIT: Quitting process immediately",
        .yields = "event='stop'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "SIGINT: ",
        .event = "stop",
        .sample = "[INFO] SIGINT: Force quit",
        .yields = "event='stop'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "lameduck mode",
        .event = "stop",
        .sample = "[INFO] plugin/health: Going into lameduck mode for 5s",
        .yields = "event='stop'|lameduck",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Local health request to",
        .event = "health-failed",
        .reads_error = true,
        .sample = "[WARNING] plugin/health: Local health request to "
                  "\"http://:8080/health\" failed: Get "
                  "\"http://:8080/health\": dial tcp :8080: i/o timeout",
        .yields = "event='health-failed'|error='timeout'|severity='warning'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Still waiting on",
        .event = "not-ready",
        .sample = "[INFO] plugin/ready: Still waiting on: \"kubernetes\"",
        .yields = "event='not-ready'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Plugins not ready",
        .event = "not-ready",
        .sample = "[INFO] plugin/ready: Plugins not ready: \"kubernetes\"",
        .yields = "event='not-ready'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "waiting for Kubernetes API",
        .event = "api-waiting",
        .sample = "[INFO] plugin/kubernetes: waiting for Kubernetes API before "
                  "starting server",
        .yields = "event='api-waiting'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "unsynced Kubernetes API",
        .event = "api-unreachable",
        .sample = "[WARNING] plugin/kubernetes: starting server with unsynced "
                  "Kubernetes API",
        .yields = "event='api-unreachable'|severity='warning'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Kubernetes API connection failure",
        .event = "api-unreachable",
        .reads_error = true,
        .sample = "[WARNING] plugin/kubernetes: Kubernetes API connection "
                  "failure: Get \"https://10.96.0.1:443/version\": dial tcp "
                  "10.96.0.1:443: i/o timeout",
        .yields = "event='api-unreachable'|upstream='10.96.0.1'"
                  "|upstream_port=443|error='timeout'|operation='dial'",
    },
    {
        .families = LOG_COREDNS | LOG_KUBE,
        .needle = "ailed to list *",
        .event = "api-unreachable",
        .reads_error = true,
        .sample = "E0705 14:52:45.525343       1 reflector.go:127] "
                  "pkg/mod/k8s.io/client-go@v0.19.2/tools/cache/"
                  "reflector.go:156: Failed to watch *v1.Service: failed to "
                  "list *v1.Service: Get \"https://10.96.0.1:443/api\": dial "
                  "tcp 10.96.0.1:443: i/o timeout",
        .yields = "event='api-unreachable'|severity='error'|error='timeout'"
                  "|upstream='10.96.0.1'",
    },
    {
        .families = LOG_COREDNS | LOG_KUBE,
        .needle = "ailed to watch *",
        .event = "api-unreachable",
        .reads_error = true,
        .sample = "[ERROR] plugin/kubernetes: pkg/mod/k8s.io/client-go@v0.25.3/"
                  "tools/cache/reflector.go:169: Failed to watch *v1.Service: "
                  "unknown",
        .yields = "event='api-unreachable'|severity='error'",
    },
    {
        .families = LOG_COREDNS | LOG_KUBE,
        .needle = "Trace[",
        .pattern = "^(?:Trace\\[\\d+\\]: |.*Reflector ListAndWatch)",
        .sample = "Trace[1788]: [30.04s] [30.04s] END",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Unhandled Error",
        .sample = "[ERROR] plugin/kubernetes: Unhandled Error",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Watching Endpoints instead",
        .sample = "[INFO] plugin/kubernetes: Watching Endpoints instead of "
                  "EndpointSlices in k8s versions < 1.19",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Recovered from panic",
        .event = "panic",
        .severity = "error",
        .sample = "[ERROR] Recovered from panic in server: \"dns://:53\" "
                  "runtime error: index out of range",
        .yields = "event='panic'|severity='error'",
    },
    {
        .families = LOG_COREDNS | LOG_KUBE,
        .needle = "panic: ",
        .pattern = "^panic: ",
        .event = "panic",
        .severity = "fatal",
        .sample = "2026-11-22T10:36:46.3Z stderr F "
                  "panic: runtime error: invalid memory address",
        .yields = "event='panic'|severity='fatal'",
    },
    {
        .families = LOG_COREDNS | LOG_KUBE,
        .needle = "fatal error: ",
        .pattern = "^fatal error: ",
        .event = "panic",
        .severity = "fatal",
        .sample = "2026-11-22T10:36:46.3Z stderr F "
                  "fatal error: concurrent map writes",
        .yields = "event='panic'|severity='fatal'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "address already in use",
        .event = "bind-failed",
        .reads_error = true,
        .sample = "listen tcp 169.254.20.10:53: bind: address already in use",
        .yields = "event='bind-failed'|error='address-in-use'"
                  "|local='169.254.20.10'|local_port=53",
    },
    {
        .families = LOG_COREDNS,
        .needle = "cannot assign requested address",
        .event = "bind-failed",
        .reads_error = true,
        .sample = "Listen: listen udp 169.254.25.10:53: bind: cannot assign "
                  "requested address",
        .yields = "event='bind-failed'|error='address-not-available'"
                  "|local='169.254.25.10'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "import glob pattern",
        .sample = "[WARNING] No files matching import glob pattern: "
                  "custom/*.override",
    },
    {
        .families = LOG_COREDNS,
        .needle = "File descriptor limit",
        .sample = "WARNING: File descriptor limit 1024 is too low for "
                  "production servers.",
    },
    {
        .families = LOG_COREDNS,
        .needle = "RFC1035 preferred syntax",
        .sample = "Warning: Domain \"x_y.\" does not follow RFC1035 preferred "
                  "syntax",
    },
    {
        .families = LOG_COREDNS,
        .needle = "maxprocs: ",
        .sample = "[INFO] maxprocs: Leaving GOMAXPROCS=2: CPU quota undefined",
    },
    { .needle = NULL },
};
