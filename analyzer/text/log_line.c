#include "text/log_line.h"

/* To add a word: a row. Compared without case. */
static const struct {
    const char *word;
    const char *severity;
} severities[] = {
    { "INFO", "info" },    { "ERROR", "error" }, { "WARNING", "warning" },
    { "DEBUG", "debug" },  { "FATAL", "fatal" }, { "PANIC", "fatal" },
    { "WARN", "warning" }, { "ERR", "error" },   { "CRITICAL", "fatal" },
    { "CRIT", "fatal" },   { "NOTICE", "info" }, { "TRACE", "debug" },
    { "I", "info" },       { "W", "warning" },   { "E", "error" },
    { "F", "fatal" },      { "0", "fatal" },     { "1", "fatal" },
    { "2", "fatal" },      { "3", "error" },     { "4", "warning" },
    { "5", "info" },       { "6", "info" },      { "7", "debug" },
};

/* To add a program: a row. The name stands anywhere in the identifier, so
 * that "k3s-agent" and "rke2-coredns-rke2-coredns-5d9f" are met; the more
 * particular stands first. */
static const struct {
    const char *part;
    const char *source;
    unsigned families;
} programs[] = {
    { "nodelocaldns", "node-cache", LOG_COREDNS },
    { "node-local-dns", "node-cache", LOG_COREDNS },
    { "node-cache", "node-cache", LOG_COREDNS },
    { "coredns", "coredns", LOG_COREDNS },
    { "kube-dns", "coredns", LOG_COREDNS },
    { "kernel", "kernel", LOG_KERNEL },
    { "dmesg", "kernel", LOG_KERNEL },
    { "kern.log", "kernel", LOG_KERNEL },
    { "kube-proxy", "kube-proxy", LOG_KUBE },
    { "kubelet", "kubelet", LOG_KUBE },
    { "felix", "felix", LOG_KUBE },
    { "calico", "calico-node", LOG_KUBE },
    { "flannel", "flannel", LOG_KUBE },
    { "canal", "canal", LOG_KUBE },
    { "cilium", "cilium", LOG_KUBE },
    { "k3s", "k3s", LOG_KUBE },
    { "rke2", "rke2", LOG_KUBE },
};

const char *log_severity(struct text word)
{
    for (size_t i = 0; i < sizeof severities / sizeof severities[0]; i++)
        if (text_equals_nocase(word, severities[i].word))
            return severities[i].severity;
    return "";
}

unsigned log_program_families(struct text name)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (text_find(name, programs[i].part) >= 0)
            return programs[i].families;
    return 0;
}

const char *log_program_source(struct text name)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (text_find(name, programs[i].part) >= 0)
            return programs[i].source;
    return NULL;
}
