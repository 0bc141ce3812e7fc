#include "evidence/document.h"

#include "base/memory.h"
#include "evidence/document_line.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_INDENT = 4,
    PROSE_LINES_MIN = 2, /* of a document without fences */
    HEADINGS_MIN = 2,    /* of one that is outputs only */
};

struct splitter {
    struct document *document;
    bool has_fences;
    struct fence fence; /* the open one */
    struct document_piece open;
    bool is_open;
    bool is_command; /* the open piece begins with a prompt outside a block */
    bool after_blank;
    struct text before;
    int64_t line_number;
    const char *next; /* where the next line begins */
};

static void put_piece(struct splitter *splitter, const char *end)
{
    struct document *document = splitter->document;
    struct document_piece *piece = &splitter->open;
    struct text blank;

    splitter->is_open = false;
    splitter->is_command = false;
    piece->text.length = (size_t)(end - piece->text.bytes);
    blank = text_trim(piece->text);
    while (text_skip(&blank, "\n"))
        blank = text_trim(blank);
    if (blank.length == 0)
        return;
    if (document->piece_count == DOCUMENT_PIECES_MAX) {
        document->is_cut = true;
        return;
    }
    document->pieces[document->piece_count++] = *piece;
}

static void open_piece(struct splitter *splitter, const char *start,
                       int64_t first_line, size_t indent)
{
    splitter->is_open = true;
    splitter->open = (struct document_piece){
        .first_line = first_line,
        .indent = indent,
        .text = text_slice(start, 0),
        .before = splitter->before,
    };
}

/* A command inside a block: the piece before it ends here. */
static void cut_at_prompt(struct splitter *splitter, struct text line)
{
    struct text inner = text_from(line, line_indent(line));

    if (!line_is_prompt(inner) || line.bytes == splitter->open.text.bytes)
        return;
    put_piece(splitter, line.bytes);
    open_piece(splitter, line.bytes, splitter->line_number,
               splitter->open.indent);
}

static void take_in_fence(struct splitter *splitter, struct text line)
{
    if (fence_is_closed(&splitter->fence, line)) {
        if (splitter->is_open)
            put_piece(splitter, line.bytes);
        splitter->fence = (struct fence){ 0 };
        splitter->before = text_slice(NULL, 0);
        return;
    }
    if (!splitter->is_open)
        open_piece(splitter, line.bytes, splitter->line_number,
                   splitter->fence.indent);
    else
        cut_at_prompt(splitter, line);
}

static bool take_indented(struct splitter *splitter, struct text line,
                          bool is_blank)
{
    size_t indent = line_indent(line);

    if (splitter->is_open && !splitter->is_command) {
        if (is_blank)
            return true;
        if (indent < BLOCK_INDENT) {
            put_piece(splitter, line.bytes);
            return false;
        }
        cut_at_prompt(splitter, line);
        return true;
    }
    if (splitter->is_command || is_blank || indent < BLOCK_INDENT ||
        !splitter->after_blank || line_is_list(line))
        return false;
    open_piece(splitter, line.bytes, splitter->line_number,
               line.bytes[0] == '\t' ? 1 : BLOCK_INDENT);
    return true;
}

/* A transcript without a block around it goes on until somebody talks. */
static bool take_transcript(struct splitter *splitter, struct text line)
{
    if (splitter->has_fences)
        return false;
    if (line_is_prompt(text_trim(line)) || line_is_packet(line)) {
        if (splitter->is_open && !line_is_prompt(text_trim(line)))
            return true;
        if (splitter->is_open)
            put_piece(splitter, line.bytes);
        open_piece(splitter, line.bytes, splitter->line_number, 0);
        splitter->is_command = true;
        return true;
    }
    if (!splitter->is_command)
        return false;
    if (!splitter->after_blank || !line_is_prose(line))
        return true;
    put_piece(splitter, line.bytes);
    return false;
}

/* What follows is the output of this command, to the next one. */
static bool take_heading(struct splitter *splitter, struct text line)
{
    if (splitter->has_fences || !line_is_heading(line))
        return false;
    if (splitter->is_open)
        put_piece(splitter, line.bytes);
    splitter->before = line;
    open_piece(splitter, splitter->next, splitter->line_number + 1, 0);
    splitter->is_command = true;
    return true;
}

static void take_line(struct splitter *splitter, struct text line)
{
    bool is_blank = text_trim(line).length == 0;

    splitter->line_number++;
    if (splitter->fence.mark != 0) {
        take_in_fence(splitter, line);
        return;
    }
    if (fence_open(&splitter->fence, line)) {
        if (splitter->is_open)
            put_piece(splitter, line.bytes);
    } else if (!take_heading(splitter, line) &&
               !take_indented(splitter, line, is_blank) &&
               !take_transcript(splitter, line) && !is_blank) {
        splitter->before = text_trim(line);
    }
    splitter->after_blank = is_blank;
}

static bool has_fences(struct text text)
{
    struct fence fence = { 0 };
    struct text line;

    while (text_line(&text, &line)) {
        if (fence.mark == 0)
            (void)fence_open(&fence, line);
        else if (fence_is_closed(&fence, line))
            return true;
    }
    return false;
}

void document_split(struct document *document, struct text text)
{
    struct splitter splitter = { .document = document, .after_blank = true };
    struct text line = text;
    struct text rest = text;

    *document = (struct document){
        .pieces =
            memory_allocate(DOCUMENT_PIECES_MAX, sizeof(struct document_piece)),
    };
    splitter.has_fences = has_fences(text);
    while (text_line(&rest, &line)) {
        splitter.next = rest.bytes;
        take_line(&splitter, line);
    }
    if (splitter.is_open)
        put_piece(&splitter, text.bytes + text.length);
}

void document_deinit(struct document *document)
{
    free(document->pieces);
    *document = (struct document){ 0 };
}

bool document_piece_line(struct document_piece *rest, struct text *line)
{
    size_t indent;

    if (!text_line(&rest->text, line))
        return false;
    indent = line_indent(*line);
    if (line->length > 0 && line->bytes[0] == '\t' && rest->indent > 0)
        indent = 1;
    *line = text_from(*line, indent < rest->indent ? indent : rest->indent);
    return true;
}

/* Formats that may well hold prose, prompts or fences, and are read whole. */
static bool has_other_name(const char *path)
{
    static const char *const ends[] = { ".log", ".json", ".yaml", ".yml",
                                        ".csv", ".html", ".xml",  ".conf" };
    struct text name = text_of(path);

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (text_ends(name, ends[i]))
            return true;
    return false;
}

bool document_bid(struct text head, const char *path)
{
    struct text rest = head;
    struct text line;
    size_t prose = 0;
    size_t others = 0;
    size_t headings = 0;

    if (has_other_name(path) || text_find_byte(head, '\0') >= 0)
        return false;
    if (has_fences(head))
        return true;
    if (text_starts(head, "#!"))
        return false;
    while (text_line(&rest, &line)) {
        prose += line_is_prose(line);
        headings += line_is_heading(line);
        others += line_is_prompt(text_trim(line)) || line_is_packet(line) ||
                  (line_indent(line) >= BLOCK_INDENT && !line_is_list(line));
    }
    return headings >= HEADINGS_MIN || (prose >= PROSE_LINES_MIN && others > 0);
}
