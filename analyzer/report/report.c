#include "report/report.h"

#include "report/document.h"
#include "report/page.h"

#include <string.h>

enum {
    MARKDOWN_BYTES = 60000, /* a GitHub comment holds 65,536 characters */
};

static bool render_text(const struct report_input *input, struct output *output,
                        struct failure *failure)
{
    return document_write(input, &form_text, output, failure);
}

static bool render_markdown(const struct report_input *input,
                            struct output *output, struct failure *failure)
{
    struct report_input bounded = *input;

    if (bounded.options.bytes_most == 0)
        bounded.options.bytes_most = MARKDOWN_BYTES;
    return document_write(&bounded, &form_markdown, output, failure);
}

static bool render_html(const struct report_input *input, struct output *output,
                        struct failure *failure)
{
    return document_write(input, &form_html, output, failure);
}

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
        .name = "html",
        .describes = "one HTML file, for a browser or for printing",
        .render = render_html,
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
