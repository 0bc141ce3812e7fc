#include "base/failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void make_printable(char *text)
{
    for (char *at = text; *at != '\0'; at++)
        if (*at < 0x20 || *at > 0x7e)
            *at = '?';
}

bool fail(struct failure *failure, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(failure->text, sizeof failure->text, format, arguments);
    va_end(arguments);
    make_printable(failure->text);
    return false;
}

bool fail_add(struct failure *failure, const char *format, ...)
{
    char reason[FAILURE_BYTES];
    va_list arguments;
    size_t used;

    memcpy(reason, failure->text, sizeof reason);
    va_start(arguments, format);
    vsnprintf(failure->text, sizeof failure->text, format, arguments);
    va_end(arguments);
    used = strlen(failure->text);
    snprintf(failure->text + used, sizeof failure->text - used, ": %s", reason);
    make_printable(failure->text);
    return false;
}
