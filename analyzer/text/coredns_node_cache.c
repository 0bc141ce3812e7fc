/* What node-cache 1.15 ... 1.26 (NodeLocalDNS) says in lines of its own.
 *
 * "Added back nodelocaldns rule" is printed for every rule at start; printed
 * later it means that something else had removed the rule.
 *
 * To add a message: a row; the sample is its test. */
#include "text/log_message.h"

const struct log_message node_cache_messages[] = {
    {
        .families = LOG_COREDNS,
        .needle = "Starting node-cache image",
        .event = "start",
        .source = "node-cache",
        .sample = "2022/08/17 10:55:04 [INFO] Starting node-cache image: "
                  "1.21.1",
        .yields = "event='start'|source='node-cache'|severity='info'|1.21.1",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Added back nodelocaldns rule",
        .pattern = "-p (?<transport>\\w+)(?: -[sd] (?<local>\\S+))?",
        .event = "rule-added",
        .source = "node-cache",
        .sample = "[INFO] Added back nodelocaldns rule - {raw PREROUTING [-p "
                  "tcp -d 169.254.20.10 --dport 53 -j NOTRACK]}",
        .yields = "event='rule-added'|source='node-cache'|transport='tcp'"
                  "|local='169.254.20.10'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Added back nodelocaldns rule",
        .event = "rule-added",
        .source = "node-cache",
        .sample = "[INFO] Added back nodelocaldns rule - {filter INPUT}",
        .yields = "event='rule-added'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Added back nonexistent rule",
        .event = "rule-added",
        .source = "node-cache",
        .sample = "[INFO] Added back nonexistent rule - {raw OUTPUT}",
        .yields = "event='rule-added'|source='node-cache'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Added back ebtables rule",
        .event = "rule-added",
        .source = "node-cache",
        .sample = "[INFO] Added back ebtables rule - {nat}",
        .yields = "event='rule-added'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Added interface - ",
        .event = "interface-added",
        .source = "node-cache",
        .sample = "[INFO] Added interface - nodelocaldns",
        .yields = "event='interface-added'|source='node-cache'",
    },
    {
        .families = LOG_COREDNS,
        .needle = " interface - ",
        .pattern = "Added back (?:nonexistent )?interface - ",
        .event = "interface-added",
        .source = "node-cache",
        .sample = "[INFO] Added back nonexistent interface - nodelocaldns",
        .yields = "event='interface-added'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "checking/adding iptables rule",
        .event = "rule-error",
        .source = "node-cache",
        .sample = "[INFO] Error checking/adding iptables rule {raw OUTPUT}, "
                  "due to xtables lock in use, retrying in 60ns",
        .yields = "event='rule-error'|source='node-cache'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Error adding iptables rule",
        .event = "rule-error",
        .source = "node-cache",
        .sample = "[ERROR] Error adding iptables rule {raw OUTPUT} - exit 4",
        .yields = "event='rule-error'|severity='error'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "deleting iptables rule",
        .event = "rule-error",
        .source = "node-cache",
        .sample = "[ERROR] Failed deleting iptables rule {raw OUTPUT}",
        .yields = "event='rule-error'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Error checking dummy device",
        .event = "interface-error",
        .source = "node-cache",
        .sample = "[ERROR] Error checking dummy device nodelocaldns - "
                  "operation not permitted",
        .reads_error = true,
        .yields = "event='interface-error'|error='not-permitted'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Failed to add non-existent interface",
        .event = "interface-error",
        .source = "node-cache",
        .reads_error = true,
        .sample = "[ERROR] Failed to add non-existent interface nodelocaldns: "
                  "operation not permitted",
        .yields = "event='interface-error'|error='not-permitted'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Unable to lookup IP address of Upstream",
        .event = "upstream-lookup-failed",
        .source = "node-cache",
        .sample = "2022/08/17 10:55:04 [WARNING] Unable to lookup IP address "
                  "of Upstream service kube-dns-upstream, env "
                  "$KUBE_DNS_UPSTREAM_SERVICE_HOST ``",
        .yields = "event='upstream-lookup-failed'|severity='warning'"
                  "|source='node-cache'|time_is='exact'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Updated Corefile with",
        .event = "corefile-updated",
        .source = "node-cache",
        .sample = "[INFO] Updated Corefile with 0 custom stubdomains and "
                  "upstream servers /etc/resolv.conf",
        .yields = "event='corefile-updated'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Failed to read node-cache coreFile",
        .event = "config-error",
        .source = "node-cache",
        .sample = "[ERROR] Failed to read node-cache coreFile "
                  "/etc/coredns/Corefile.base - open: no such file",
        .yields = "event='config-error'|severity='error'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Failed to write config file",
        .event = "config-error",
        .source = "node-cache",
        .sample = "[ERROR] Failed to write config file /etc/Corefile",
        .yields = "event='config-error'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Invalid config: ",
        .event = "config-error",
        .source = "node-cache",
        .sample = "[ERROR] Invalid config: x",
        .yields = "event='config-error'",
    },
    {
        .families = LOG_COREDNS | LOG_KUBE,
        .needle = "Error loading config from",
        .event = "config-error",
        .sample = "E0705 14:52:45.525343       1 sync_dir.go:63] Error loading "
                  "config from /etc/kube-dns: x",
        .yields = "event='config-error'|severity='error'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Tearing down",
        .event = "stop",
        .source = "node-cache",
        .sample = "[INFO] Tearing down",
        .yields = "event='stop'|source='node-cache'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Untrapped signal, tearing",
        .event = "stop",
        .source = "node-cache",
        .sample = "[INFO] Untrapped signal, tearing down",
        .yields = "event='stop'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Exiting iptables",
        .event = "stop",
        .source = "node-cache",
        .sample = "[WARNING] Exiting iptables/interface check goroutine",
        .yields = "event='stop'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Sending reload signal",
        .event = "reload",
        .source = "node-cache",
        .sample = "[INFO] Sending reload signal to PID 1",
        .yields = "event='reload'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "TCP upstream block",
        .sample = "[INFO] Did not find TCP upstream block to replace, assuming "
                  "upstreams already use UDP.",
    },
    {
        .families = LOG_COREDNS,
        .needle = "waiting for coredns pidfile",
        .sample = "[INFO] waiting for coredns pidfile '/var/run/coredns.pid'",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Using Corefile ",
        .sample = "2022/08/17 10:55:04 [INFO] Using Corefile /etc/Corefile",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Using Pidfile",
        .sample = "2022/08/17 10:55:04 [INFO] Using Pidfile ",
    },
    {
        .families = LOG_COREDNS,
        .needle = "Using config file",
        .sample = "[INFO] Using config file:",
    },
    {
        .families = LOG_COREDNS,
        .needle = "configmap sync as no directory",
        .sample = "2022/08/17 10:55:04 [INFO] Skipping kube-dns configmap sync "
                  "as no directory was specified",
    },
    { .needle = NULL },
};
