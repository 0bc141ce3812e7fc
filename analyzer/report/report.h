/* Verdict and case -> documents.
 *
 * One model, several renderers: the verdict as diagnose/ made it, and the
 * views of the case. Same case, same bytes. */
#pragma once

#include "base/failure.h"
#include "diagnose/verdict.h"
#include "report/output.h"

#include <stdbool.h>
#include <stddef.h>

struct store;

struct report_options {
    bool color;        /* text only */
    size_t bytes_most; /* 0: 60,000 for Markdown, else no limit */
};

struct report_input {
    struct store *store;
    const struct verdict *verdict;
    struct report_options options;
};

typedef bool render_fn(const struct report_input *input, struct output *output,
                       struct failure *failure);

struct renderer {
    const char *name; /* of --format */
    const char *describes;
    render_fn *render;
};

/* Ends with a row without a name. To add a format for people: a struct form
 * (see page.h) and one row; another format: a render_fn and one row. */
extern const struct renderer renderers[];

/* NULL if there is none of this name. */
const struct renderer *renderer_find(const char *name);

render_fn render_json;
