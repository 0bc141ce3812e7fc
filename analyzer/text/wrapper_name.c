/* Wrappers that name whose line it is: kubectl --prefix, stern, minikube, and
 * key=value logs. */
#include "text/wrapper.h"

#include "base/clock.h"

#include <string.h>

/* Kubernetes object names: RFC 1123 labels, joined by dots. */
static bool is_object_name(struct text word)
{
    if (word.length == 0 || word.length >= WRAPPER_NAME_BYTES)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        char byte = word.bytes[i];

        if (!((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
              byte == '-' || byte == '.'))
            return false;
    }
    return true;
}

/* "[pod/NAME/CONTAINER] message"; the namespace is not said. */
bool wrapper_prefix(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text name;
    struct text pod;

    (void)unwrapper;
    if (!text_skip(&rest, "[pod/") || text_find(rest, "] ") < 0)
        return false;
    name = text_until(&rest, ']');
    pod = text_until(&name, '/');
    if (!is_object_name(pod) || !is_object_name(name))
        return false;
    wrapper_set_text(&line->pod, pod);
    wrapper_set_text(&line->container, name);
    line->families |= log_program_families(name);
    line->content = text_from(rest, 1);
    return true;
}

/* What a log line of ours can begin with, so that two words before it are
 * names and not prose. */
static bool begins_message(struct text rest)
{
    struct text level = rest;

    if (text_skip(&level, "["))
        return log_severity(text_until(&level, ']'))[0] != '\0';
    return text_starts(rest, "CoreDNS-") || text_starts(rest, ".:53") ||
           (rest.length > 10 && rest.bytes[4] == '-' && rest.bytes[7] == '-' &&
            rest.bytes[10] == 'T');
}

static bool same_pod(const struct unwrapper *unwrapper, struct text pod)
{
    return unwrapper->stern_pod[0] != '\0' &&
           text_equals(pod, unwrapper->stern_pod);
}

/* stern says whose lines it begins and ends to follow: "+ POD > CONTAINER",
 * with a > of its own (U+203A). */
static bool is_stern_remark(struct log_line *line)
{
    struct text rest = line->content;
    struct text pod;

    if (!text_skip(&rest, "+ ") && !text_skip(&rest, "- "))
        return false;
    pod = text_until(&rest, ' ');
    if (!text_starts(rest, "\xe2\x80\xba")) {
        pod = text_until(&rest, ' '); /* with -A the namespace comes first */
        if (!text_starts(rest, "\xe2\x80\xba"))
            return false;
    }
    if (!is_object_name(pod))
        return false;
    line->content = text_slice("", 0);
    return true;
}

/* "pod container message", with -A "namespace pod container message". Any
 * three words look so: a pod's name has a dash, and counts only after a line
 * that is a log line behind its names for certain. */
bool wrapper_stern(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text first = text_until(&rest, ' ');
    struct text second = text_until(&rest, ' ');
    struct text after_third = rest;
    struct text third = text_until(&after_third, ' ');

    if (is_stern_remark(line))
        return true;
    if (!is_object_name(first) || !is_object_name(second))
        return false;
    if (is_object_name(third) && text_find_byte(second, '-') >= 0 &&
        (begins_message(after_third) || same_pod(unwrapper, second))) {
        wrapper_set_text(&line->namespace, first);
        first = second;
        second = third;
        rest = after_third;
    } else if (text_find_byte(first, '-') < 0 ||
               (!begins_message(rest) && !same_pod(unwrapper, first))) {
        return false;
    }
    memcpy(unwrapper->stern_pod, first.bytes, first.length);
    unwrapper->stern_pod[first.length] = '\0';
    wrapper_set_text(&line->pod, first);
    wrapper_set_text(&line->container, second);
    line->families |= log_program_families(second);
    line->content = rest;
    return true;
}

static void set_label(struct log_line *line, struct text name,
                      struct text value)
{
    static const char *const node_names[] = { "node_name", "node", "nodename",
                                              "host", "hostname" };

    if (text_equals(name, "pod"))
        wrapper_set_text(&line->pod, value);
    if (text_equals(name, "namespace"))
        wrapper_set_text(&line->namespace, value);
    if (text_equals(name, "container")) {
        wrapper_set_text(&line->container, value);
        line->families |= log_program_families(value);
    }
    for (size_t i = 0; i < sizeof node_names / sizeof node_names[0]; i++)
        if (text_equals(name, node_names[i]))
            wrapper_set_text(&line->node, value);
}

/* Loki's labels as logcli prints them, {container="coredns", pod="..."}, and
 * blanks up to a column. Values hold no quotes. */
bool wrapper_labels(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text labels;

    (void)unwrapper;
    if (!text_skip(&rest, "{") || text_find(rest, "=\"") < 0 ||
        text_find_byte(rest, '}') < 0)
        return false;
    labels = rest;
    while (!text_starts(labels, "}")) {
        struct text name = text_until(&labels, '=');
        struct text value;

        if (!text_skip(&labels, "\""))
            return false;
        value = text_until(&labels, '"');
        (void)text_skip(&labels, ",");
        while (text_skip(&labels, " "))
            continue;
        if (labels.length == 0)
            return false;
        set_label(line, name, value);
    }
    line->content = text_trim(text_from(labels, 1));
    return true;
}

bool wrapper_minikube(struct unwrapper *unwrapper, struct log_line *line)
{
    return unwrapper->in_minikube && text_skip(&line->content, "* ");
}

/* The value of key in "key=value key=\"value\"". */
static struct text value_of(struct text rest, const char *key)
{
    ptrdiff_t at = text_find(rest, key);

    if (at < 0)
        return text_slice(NULL, 0);
    rest = text_from(rest, (size_t)at + strlen(key));
    if (text_skip(&rest, "\""))
        return text_until(&rest, '"');
    return text_until(&rest, ' ');
}

/* logrus, zap and slog as text: time="..." level=info msg="...". Fields after
 * the message stay in it: they hold its error. */
bool wrapper_logfmt(struct unwrapper *unwrapper, struct log_line *line)
{
    struct text rest = line->content;
    struct text stamp = value_of(rest, "time=");
    struct text level = value_of(rest, "level=");
    ptrdiff_t at = text_find(rest, " msg=");
    int64_t at_ns;

    (void)unwrapper;
    if ((!text_starts(rest, "time=") && !text_starts(rest, "level=")) ||
        at < 0 || log_severity(level)[0] == '\0')
        return false;
    rest = text_from(rest, (size_t)at + strlen(" msg="));
    if (text_skip(&rest, "\"") &&
        text_find_byte(rest, '"') == (ptrdiff_t)rest.length - 1)
        rest = text_first(rest, rest.length - 1);
    if (clock_take_rfc3339(&stamp, &at_ns))
        wrapper_set_time(line, at_ns, 1);
    wrapper_set_severity(line, level);
    line->content = rest;
    return true;
}
