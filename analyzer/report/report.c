#include "report/report.h"

#include <string.h>

const struct renderer renderers[] = {
    {
        .name = "text",
        .describes = "plain text for a terminal",
        .render = render_text,
    },
    {
        .name = "markdown",
        .describes = "Markdown for an issue or a postmortem",
        .render = render_markdown,
    },
    {
        .name = "json",
        .describes = "everything, for scripts (wirecause.report/1)",
        .render = render_json,
    },
    {
        .name = NULL,
    },
};

const struct renderer *renderer_find(const char *name)
{
    for (const struct renderer *row = renderers; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
