/* One HTML file that stands for itself: no script, nothing loaded, and a
 * Content-Security-Policy that says so. Reads on paper and in the dark. */
#include "report/page.h"
#include "report/section.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<style>\n"
    ":root { --ink: #1c1e21; --paper: #fff; --line: #ccd0d5;"
    " --tint: #f2f4f6; --lost: #b3261e; }\n"
    "@media screen and (prefers-color-scheme: dark) { :root {"
    " --ink: #e4e6e9; --paper: #16181b; --line: #3f444b;"
    " --tint: #22262b; --lost: #ff8a80; } }\n"
    "body { margin: 2em auto; max-width: 64em; padding: 0 1em;"
    " color: var(--ink); background: var(--paper);"
    " font: 16px/1.5 system-ui, sans-serif; }\n"
    "h1 { font-size: 1.5em; } h2 { font-size: 1.2em; margin-top: 2em;"
    " border-bottom: 1px solid var(--line); } h3 { font-size: 1em; }\n"
    "code { padding: 0 .2em; background: var(--tint);"
    " font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }\n"
    ".rows { overflow-x: auto; margin: 1em 0; }\n"
    "table { border-collapse: collapse; font-size: .9em; }\n"
    "th, td { padding: .2em .6em; border: 1px solid var(--line);"
    " text-align: left; vertical-align: top; }\n"
    "th { background: var(--tint); }\n"
    "ol.path { list-style: none; padding: 0; display: flex;"
    " flex-wrap: wrap; gap: .5em; }\n"
    "ol.path li { padding: .3em .6em; border: 1px solid var(--line); }\n"
    "ol.path li + li::before { content: \"\\2192\\00a0\"; }\n"
    "ol.path li.lost { border: 2px dashed var(--lost);"
    " color: var(--lost); }\n"
    "summary { cursor: pointer; font-weight: bold; }\n"
    "@media print { body { margin: 0; max-width: none; font-size: 10pt; }"
    " .rows { overflow: visible; } h2, h3 { break-after: avoid; }"
    " tr, li { break-inside: avoid; } }\n"
    "</style>\n";

/* <tag>text</tag> */
static void element(struct page *page, const char *tag, const char *text)
{
    output_format(page->output, "<%s>", tag);
    output_html(page->output, text);
    output_format(page->output, "</%s>", tag);
}

static void begin(struct page *page, const char *title)
{
    output_text(page->output, head);
    output_text(page->output, "<title>wirecause: ");
    output_html(page->output, title);
    output_text(page->output, "</title>\n</head>\n<body>\n<h1>wirecause: ");
    output_html(page->output, title);
    output_text(page->output, "</h1>\n");
}

static void end(struct page *page)
{
    output_text(page->output, "</body>\n</html>\n");
}

static void heading(struct page *page, int level, const char *text)
{
    element(page, level == 3 ? "h3" : "h2", text);
    output_text(page->output, "\n");
}

static void paragraph_begin(struct page *page)
{
    output_text(page->output, "<p>");
}

static void paragraph_end(struct page *page)
{
    output_text(page->output, "</p>\n");
}

static void list_begin(struct page *page)
{
    output_text(page->output, "<ul>\n");
}

static void list_end(struct page *page)
{
    output_text(page->output, "</ul>\n");
}

static void item_begin(struct page *page)
{
    output_text(page->output, "<li>");
}

static void item_end(struct page *page)
{
    output_text(page->output, "</li>\n");
}

static void text(struct page *page, const char *text)
{
    output_html(page->output, text);
}

static void strong(struct page *page, const char *text)
{
    element(page, "strong", text);
}

static void code(struct page *page, const char *text)
{
    element(page, "code", text);
}

static void path_begin(struct page *page)
{
    output_text(page->output, "<ol class=\"path\">\n");
}

static void path_stop(struct page *page, int number, const char *label)
{
    (void)number;
    element(page, "li", label);
    output_text(page->output, "\n");
}

static void path_lost(struct page *page, int stops, const char *label)
{
    (void)stops;
    output_text(page->output, "<li class=\"lost\">");
    output_html(page->output, label);
    output_text(page->output, "</li>\n");
}

static void path_end(struct page *page)
{
    output_text(page->output, "</ol>\n");
}

static void details_begin(struct page *page, const char *title)
{
    output_text(page->output, "<details>\n");
    element(page, "summary", title);
    output_text(page->output, "\n");
}

static void details_end(struct page *page)
{
    output_text(page->output, "</details>\n");
}

const struct form form_html = {
    .begin = begin,
    .end = end,
    .heading = heading,
    .paragraph_begin = paragraph_begin,
    .paragraph_end = paragraph_end,
    .list_begin = list_begin,
    .list_end = list_end,
    .item_begin = item_begin,
    .item_end = item_end,
    .text = text,
    .strong = strong,
    .code = code,
    .table = section_html,
    .path_begin = path_begin,
    .path_stop = path_stop,
    .path_lost = path_lost,
    .path_end = path_end,
    .details_begin = details_begin,
    .details_end = details_end,
};
