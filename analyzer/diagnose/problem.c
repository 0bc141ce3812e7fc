#include "diagnose/problem.h"

#include <stdarg.h>
#include <stdio.h>

void problem_add(struct problems *problems, const char *path, int line,
                 const char *format, ...)
{
    char text[FAILURE_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    problems->count++;
    problems->put(problems->context, path, line, text);
}

static void keep_first(void *context, const char *path, int line,
                       const char *text)
{
    struct failure *failure = context;

    if (failure->text[0] != '\0')
        return;
    if (line > 0)
        fail(failure, "%s:%d: %s", path, line, text);
    else
        fail(failure, "%s: %s", path, text);
}

struct problems problems_into(struct failure *failure)
{
    failure->text[0] = '\0';
    return (struct problems){ .put = keep_first, .context = failure };
}
