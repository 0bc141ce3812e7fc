/* The log plugin of CoreDNS v1.1.0 ... v1.14.7:
 *
 *   {remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do}
 *   {>bufsize}" {rcode} {>rflags} {rsize} {duration}["{>opcode}"] */
#include "base/clock.h"
#include "text/coredns.h"

/* The words that nearly every line has: no copy for them. */
static const char *const common_words[] = {
    "A",     "AAAA", "NOERROR", "NXDOMAIN", "udp",     "tcp",     "SERVFAIL",
    "PTR",   "SRV",  "HINFO",   "NS",       "SOA",     "TXT",     "MX",
    "HTTPS", "SVCB", "ANY",     "CNAME",    "REFUSED", "FORMERR", "NOTIMP",
};

static const char *word_copy(struct text word, struct arena *arena)
{
    for (size_t i = 0; i < sizeof common_words / sizeof common_words[0]; i++)
        if (word.length > 0 && word.bytes[0] == common_words[i][0] &&
            text_equals(word, common_words[i]))
            return common_words[i];
    return text_copy_most(arena, word, 32);
}

/* Go prints seconds with strconv's 'f', -1: no exponent, all digits. Custom
 * builds print others, which text_real() knows. */
static bool take_seconds(struct text text, int64_t *duration_ns)
{
    struct text fraction = text;
    struct text whole = text_until(&fraction, '.');
    int64_t scale = NS_PER_SECOND;
    int64_t nanoseconds = 0;
    double seconds;

    if (fraction.length <= 9 && text_integer(whole, duration_ns) &&
        *duration_ns >= 0 && *duration_ns < NS_PER_SECOND &&
        (fraction.length == 0 ||
         (text_integer(fraction, &nanoseconds) && nanoseconds >= 0))) {
        for (size_t i = 0; i < fraction.length; i++)
            scale /= 10;
        *duration_ns = *duration_ns * NS_PER_SECOND + nanoseconds * scale;
        return true;
    }
    if (!text_real(text, &seconds) || seconds < 0 || seconds > 1e9)
        return false;
    *duration_ns = (int64_t)(seconds * 1e9 + 0.5);
    return true;
}

struct query_words {
    struct text client, id, type, name, transport;
    struct text rcode, flags, size, duration;
};

/* Splits on single blanks: rflags may be empty, which leaves two. */
static bool split(struct text text, struct query_words *words)
{
    struct text question;

    words->client = text_until(&text, ' ');
    if (!text_skip(&text, "- "))
        return false;
    words->id = text_until(&text, ' ');
    if (!text_skip(&text, "\""))
        return false;
    question = text_until(&text, '"');
    words->type = text_until(&question, ' ');
    (void)text_until(&question, ' ');
    words->name = text_until(&question, ' ');
    words->transport = text_until(&question, ' ');
    if (!text_skip(&text, " ") || question.length == 0)
        return false;
    words->rcode = text_until(&text, ' ');
    words->flags = text_until(&text, ' ');
    words->size = text_until(&text, ' ');
    words->duration = text_until(&text, ' ');
    return text_ends(words->duration, "s");
}

/* Up to v1.8.4 a query that failed upstream says "NOERROR - 0", up to v1.14.4
 * "- - 0": nothing had been written when the line was. The client got
 * SERVFAIL from the server core afterwards. */
static bool is_no_answer(const struct query_words *words)
{
    return text_equals(words->flags, "-") && text_equals(words->size, "0") &&
           (text_equals(words->rcode, "NOERROR") ||
            text_equals(words->rcode, "-"));
}

bool coredns_read_query(struct text text, struct log_event_row *row,
                        struct arena *arena)
{
    struct query_words words;
    struct text seconds;

    if (!split(text, &words))
        return false;
    seconds = text_first(words.duration, words.duration.length - 1);
    if (!text_integer(words.id, &row->dns_id) ||
        !text_integer(words.size, &row->response_bytes) ||
        !take_seconds(seconds, &row->duration_ns) ||
        !endpoint_parse(words.client, &row->client, &row->client_port))
        return false;
    row->event = "query";
    row->transport = word_copy(words.transport, arena);
    row->qtype = word_copy(words.type, arena);
    row->qname = coredns_name(words.name, arena);
    if (is_no_answer(&words))
        row->error = "no-answer";
    else
        row->rcode = word_copy(words.rcode, arena);
    return true;
}
