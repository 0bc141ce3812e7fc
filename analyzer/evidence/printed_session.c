#include "evidence/printed_session.h"

#include "decode/decoder.h"
#include "text/prompt.h"

#include <string.h>

static void copy_name(struct text name, char to[SESSION_NAME_BYTES])
{
    if (name.length >= SESSION_NAME_BYTES)
        name.length = SESSION_NAME_BYTES - 1;
    if (name.length > 0)
        memcpy(to, name.bytes, name.length);
    to[name.length] = '\0';
}

static void begin_run(struct printed_session *session)
{
    if (session->has_packets)
        session->run++;
    session->has_packets = false;
    session->is_offline = false;
    session->interface[0] = '\0';
}

/* "-i eth0", "-ieth0", "-nnvvi eth0", "--interface=eth0". */
static struct text interface_option(const struct command *command)
{
    struct text name = command_option(command, "--interface");

    for (size_t i = 0; i < command->word_count && name.length == 0; i++) {
        struct text word = command->words[i];
        ptrdiff_t at;

        if (!text_starts(word, "-") || text_starts(word, "--"))
            continue;
        at = text_find_byte(word, 'i');
        if (at < 0)
            continue;
        name = text_from(word, (size_t)at + 1);
        if (name.length == 0 && i + 1 < command->word_count)
            name = command->words[i + 1];
    }
    return name;
}

static bool take_prompt(struct printed_session *session, struct text line)
{
    struct prompt prompt;
    struct command command;

    if (!prompt_parse(line, &prompt))
        return false;
    while (command_take(&prompt.command, &command)) {
        size_t at = command_find(&command, "tcpdump");
        struct text host;

        if (at == command.word_count)
            at = command_find(&command, "tshark");
        if (at == command.word_count)
            continue;
        begin_run(session);
        copy_name(interface_option(&command), session->interface);
        host = command_host(&command, at);
        if (host.length == 0)
            host = prompt.host;
        if (session->host[0] == '\0')
            copy_name(host, session->host);
        return true;
    }
    return false;
}

/* "listening on eth0, link-type EN10MB (Ethernet), capture size ..." */
static bool take_listening(struct printed_session *session, struct text line)
{
    (void)text_skip(&line, "tcpdump: ");
    if (text_skip(&line, "reading from file ")) {
        begin_run(session);
        session->is_offline = true;
        return true;
    }
    if (!text_skip(&line, "listening on ") &&
        !text_skip(&line, "Capturing on "))
        return false;
    if (session->has_packets)
        begin_run(session);
    if (text_skip(&line, "'"))
        copy_name(text_until(&line, '\''), session->interface);
    else
        copy_name(text_until(&line, ','), session->interface);
    return true;
}

/* "24 packets received by filter", "0 packets dropped by kernel" */
static bool take_statistics(struct printed_session *session, struct text line,
                            struct tracker *tracker)
{
    struct text rest = line;
    struct text word = text_word(&rest);
    struct tracker_interface interface = {
        .number = (int64_t)session->current,
        .link_type = LINK_TYPE_ETHERNET,
        .received = ABSENT,
        .dropped = ABSENT,
    };
    int64_t count;

    rest = text_trim(rest);
    if (!text_integer(word, &count) ||
        (!text_skip(&rest, "packets ") && !text_skip(&rest, "packet ")))
        return false;
    if (text_equals(rest, "received by filter"))
        interface.received = count;
    else if (text_equals(rest, "dropped by kernel"))
        interface.dropped = count;
    else
        return text_equals(rest, "captured");
    if (session->interface_count > 0)
        tracker_interface(tracker, &interface);
    return true;
}

bool printed_session_take(struct printed_session *session, struct text line,
                          struct tracker *tracker)
{
    line = text_trim(line);
    return take_prompt(session, line) || take_listening(session, line) ||
           take_statistics(session, line, tracker);
}

/* Printed from a file, the names are those of another machine. */
static size_t add_interface(struct printed_session *session, const char *name,
                            struct tracker *tracker)
{
    size_t index = session->interface_count;
    bool is_known = name[0] != '\0' && !session->is_offline;
    struct session_interface *interface;

    if (index == SESSION_INTERFACES_MAX)
        return index - 1;
    interface = &session->interfaces[session->interface_count++];
    memcpy(interface->name, name, SESSION_NAME_BYTES);
    interface->run = session->run;
    tracker_interface(tracker, &(struct tracker_interface){
                                   .number = (int64_t)index,
                                   .name = is_known ? name : NULL,
                                   .link_type = LINK_TYPE_ETHERNET,
                                   .received = ABSENT,
                                   .dropped = ABSENT,
                               });
    return index;
}

int64_t printed_session_interface(struct printed_session *session,
                                  struct text name, struct tracker *tracker)
{
    char wanted[SESSION_NAME_BYTES] = "";

    session->has_packets = true;
    if (name.length == 0)
        memcpy(wanted, session->interface, sizeof wanted);
    else
        copy_name(name, wanted);
    for (size_t i = 0; i < session->interface_count; i++)
        if (session->interfaces[i].run == session->run &&
            strcmp(session->interfaces[i].name, wanted) == 0) {
            session->current = i;
            return (int64_t)i;
        }
    session->current = add_interface(session, wanted, tracker);
    return (int64_t)session->current;
}

void printed_session_report(const struct printed_session *session,
                            struct sink *sink, int64_t evidence_id)
{
    if (session->host[0] != '\0')
        sink_clue(sink, evidence_id, ABSENT, "hostname", session->host);
    if (session->interface_count == 1 && !session->is_offline &&
        session->interfaces[0].name[0] != '\0')
        sink_clue(sink, evidence_id, ABSENT, "interface",
                  session->interfaces[0].name);
}
