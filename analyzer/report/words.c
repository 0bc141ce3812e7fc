#include "report/words.h"

#include "base/text.h"

#include <string.h>

const char *status_word(enum verdict_status status)
{
    static const char *const words[] = {
        [VERDICT_EXPLAINED] = "explained",
        [VERDICT_UNDECIDED] = "undecided",
        [VERDICT_UNDETERMINED] = "undetermined",
        [VERDICT_HEALTHY] = "healthy",
    };

    return words[status];
}

const char *confidence_word(enum confidence confidence)
{
    static const char *const words[] = {
        [CONFIDENCE_NONE] = NULL,
        [CONFIDENCE_POSSIBLE] = "possible",
        [CONFIDENCE_LIKELY] = "likely",
        [CONFIDENCE_CONFIRMED] = "confirmed",
    };

    return words[confidence];
}

const char *outcome_word(enum cause_outcome outcome)
{
    static const char *const words[] = {
        [CAUSE_EXPLAINS] = "explains",
        [CAUSE_POSSIBLE] = "possible",
        [CAUSE_RULED_OUT] = "ruled-out",
        [CAUSE_NOT_TESTABLE] = "not-testable",
    };

    return words[outcome];
}

/* The programs that rules name. Whoever writes a rule with another one gets
 * it as a sentence, until it stands here. */
static const char *const programs[] = {
    "aws ",
    "bridge ",
    "chronyc ",
    "cilium ",
    "conntrack ",
    "curl ",
    "dig ",
    "dmesg ",
    "ethtool ",
    "firewall-cmd ",
    "ip ",
    "ip6tables ",
    "ipset ",
    "iptables ",
    "iptables-legacy ",
    "iptables-nft ",
    "iptables-save ",
    "ipvsadm ",
    "journalctl ",
    "kubectl ",
    "modprobe ",
    "netstat ",
    "nft ",
    "nslookup ",
    "nstat ",
    "openstack ",
    "ping ",
    "rm ",
    "sed ",
    "ss ",
    "sysctl ",
    "systemctl ",
    "tc ",
    "tcpdump ",
    "timedatectl ",
    "tshark ",
    "ufw ",
    "update-alternatives ",
};

/* Commands that only look. */
static const char *const looks[] = {
    "conntrack -L", "dmesg ", "kubectl get", "ss ", "tcpdump ",
};

bool step_only_looks(const char *command)
{
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (strncmp(command, looks[i], strlen(looks[i])) == 0)
            return true;
    return strncmp(command, "kubectl ", strlen("kubectl ")) == 0 &&
           (strstr(command, " logs") != NULL ||
            strstr(command, " describe") != NULL ||
            strstr(command, " get ") != NULL);
}

/* Where the command ends and what is said about it begins. */
static const char *const ends[] = {
    " (",       ", ",        ". ",       " - ",       " and ",    " or ",
    " on the ", " on each ", " shows ",  "; a ",      " has ",    " starts ",
    " stands ", " answers",  " says ",   " names ",   " holds ",  " passes ",
    " loses ",  " of the ",  " from a ", " for the ", ": ",       " stays ",
    " is ",     " in the ",  " of a ",   " exists ",  " counts ", " finds ",
    " gives ",  " does ",
};

static bool is_command(const char *text)
{
    for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
        if (strncmp(text, programs[i], strlen(programs[i])) == 0)
            return true;
    return false;
}

/* Words inside of quotes are the command's: tcpdump 'a or b'. A filter of
 * tcpdump is words as well. */
static bool is_quoted(struct text command, size_t at)
{
    size_t quotes = 0;

    for (size_t i = 0; i < at; i++)
        quotes += command.bytes[i] == '\'' || command.bytes[i] == '"';
    return quotes % 2 == 1;
}

static size_t command_bytes(struct text text)
{
    bool is_filter = text_starts(text, "tcpdump ");
    size_t first = text.length;

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        ptrdiff_t at = text_find(text, ends[i]);
        bool is_word_of_filter = is_filter && (strcmp(ends[i], " or ") == 0 ||
                                               strcmp(ends[i], " and ") == 0);

        if (at > 0 && (size_t)at < first && !is_word_of_filter &&
            !is_quoted(text, (size_t)at))
            first = (size_t)at;
    }
    return first;
}

struct step step_of(struct arena *arena, const char *text)
{
    struct text all = text_of(text != NULL ? text : "");
    struct text remark;
    size_t length;

    if (text == NULL || !is_command(text))
        return (struct step){ .remark = text };
    length = command_bytes(all);
    remark = text_trim(text_from(all, length));
    return (struct step){
        .command = text_copy(arena, text_trim(text_first(all, length))),
        .remark = remark.length > 0 ? text_copy(arena, remark) : NULL,
    };
}

static bool is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* A path with a quote in it is not worth a command that could be misread. */
static bool is_quotable(struct text path)
{
    return text_find_byte(path, '\'') < 0 && text_find_byte(path, '\n') < 0;
}

const char *ref_command(struct arena *arena, const char *ref)
{
    const char *hash = strrchr(ref, '#');
    const char *colon = strrchr(ref, ':');
    struct text path;

    if (hash != NULL && is_number(hash + 1)) {
        path = text_slice(ref, (size_t)(hash - ref));
        if (is_quotable(path))
            return arena_format(arena, "tshark -r '%s' -Y 'frame.number==%s'",
                                text_copy(arena, path), hash + 1);
    } else if (colon != NULL && is_number(colon + 1)) {
        path = text_slice(ref, (size_t)(colon - ref));
        if (is_quotable(path))
            return arena_format(arena, "sed -n %sp '%s'", colon + 1,
                                text_copy(arena, path));
    }
    return NULL;
}
