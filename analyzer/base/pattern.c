#define PCRE2_CODE_UNIT_WIDTH 8

#include "base/pattern.h"

#include "base/memory.h"

#include <pcre2.h>
#include <stdlib.h>

struct pattern {
    pcre2_code *code;
    pcre2_match_data *groups;
    pcre2_match_context *limits;
    const char *subject; /* of the last match, borrowed */
    int group_count;     /* of the last match */
};

struct pattern *pattern_create(const char *expression, struct failure *failure)
{
    struct pattern *pattern = memory_allocate(1, sizeof *pattern);
    PCRE2_SIZE offset = 0;
    PCRE2_UCHAR reason[128] = "";
    int error = 0;

    pattern->code = pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED,
                                  PCRE2_DOLLAR_ENDONLY | PCRE2_DUPNAMES, &error,
                                  &offset, NULL);
    if (pattern->code == NULL) {
        pcre2_get_error_message(error, reason, sizeof reason);
        fail(failure, "pattern at offset %zu: %s", (size_t)offset,
             (const char *)reason);
        free(pattern);
        return NULL;
    }
    (void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
    pattern->groups = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    pattern->limits = pcre2_match_context_create(NULL);
    if (pattern->groups == NULL || pattern->limits == NULL)
        abort();
    pcre2_set_match_limit(pattern->limits, PATTERN_MATCH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, 4096);
    return pattern;
}

void pattern_destroy(struct pattern *pattern)
{
    if (pattern == NULL)
        return;
    pcre2_match_context_free(pattern->limits);
    pcre2_match_data_free(pattern->groups);
    pcre2_code_free(pattern->code);
    free(pattern);
}

enum pattern_result pattern_match(struct pattern *pattern, struct text subject)
{
    int result;

    subject = text_first(subject, PATTERN_SUBJECT_BYTES);
    pattern->subject = subject.length > 0 ? subject.bytes : "";
    result =
        pcre2_match(pattern->code, (PCRE2_SPTR)pattern->subject, subject.length,
                    0, 0, pattern->groups, pattern->limits);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(pattern->code, (PCRE2_SPTR)pattern->subject,
                             subject.length, 0, PCRE2_NO_JIT, pattern->groups,
                             pattern->limits);
    pattern->group_count = result > 0 ? result : 0;
    if (result == PCRE2_ERROR_NOMATCH)
        return PATTERN_NO_MATCH;
    return result > 0 ? PATTERN_MATCH : PATTERN_ERROR;
}

struct text pattern_numbered(const struct pattern *pattern, unsigned number)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(pattern->groups);

    if ((int)number >= pattern->group_count ||
        ends[2 * number] == PCRE2_UNSET ||
        ends[2 * number + 1] < ends[2 * number])
        return (struct text){ NULL, 0 };
    return text_slice(pattern->subject + ends[2 * number],
                      ends[2 * number + 1] - ends[2 * number]);
}

struct text pattern_group(const struct pattern *pattern, const char *name)
{
    PCRE2_SPTR first = NULL;
    PCRE2_SPTR last = NULL;
    int width = pcre2_substring_nametable_scan(pattern->code, (PCRE2_SPTR)name,
                                               &first, &last);

    if (width <= 0)
        return (struct text){ NULL, 0 };
    for (PCRE2_SPTR entry = first; entry <= last; entry += width) {
        struct text group =
            pattern_numbered(pattern, (unsigned)(entry[0] << 8 | entry[1]));

        if (group.bytes != NULL)
            return group;
    }
    return (struct text){ NULL, 0 };
}
