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

const char *first_command(struct arena *arena, const char *const *list)
{
    struct text command;
    ptrdiff_t remark;

    if (list == NULL || list[0] == NULL)
        return NULL;
    command = text_of(list[0]);
    remark = text_find(command, "   (");
    if (remark > 0)
        command = text_first(command, (size_t)remark);
    return text_copy(arena, text_trim(command));
}

bool is_command(const char *text)
{
    return text != NULL && *text >= 'a' && *text <= 'z';
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
