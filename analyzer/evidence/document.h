/* A document with evidence in it: an issue, a forum post, a postmortem.
 *
 * The pieces are its fenced blocks (``` or ~~~), <pre> blocks, indented
 * blocks, and where it has no fences, transcripts that begin with a prompt in
 * the middle of prose. A file that holds the outputs of several commands, each
 * under the command's full path, is one too. A piece with several prompts is
 * one piece for each command. Each is evidence of its own, recognised by its
 * content as any file is; what people write around them is not. The paragraph
 * before a piece is kept, as it often names the node.
 *
 * Line numbers of a piece are those of the document. */
#pragma once

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    DOCUMENT_HEAD_BYTES = 64 * 1024, /* that document_bid() wants to see */
    DOCUMENT_BYTES_MAX = 32 * 1024 * 1024,
    DOCUMENT_PIECES_MAX = 4096, /* what follows is not read */
};

struct document_piece {
    int64_t first_line; /* from 1 */
    size_t indent;      /* blanks that are taken off each line */
    struct text text;   /* of the document, whole lines */
    struct text before; /* the last line of prose in front of it */
};

struct document {
    struct document_piece *pieces; /* heap */
    size_t piece_count;
    bool is_cut; /* it has more than DOCUMENT_PIECES_MAX */
};

/* True if the beginning of a file is that of a document: prose, and something
 * in it that is not. */
bool document_bid(struct text head, const char *path);
/* The pieces point into the text, which stays the caller's. */
void document_split(struct document *document, struct text text);
void document_deinit(struct document *document);
/* The next line of a piece, without its indent. */
bool document_piece_line(struct document_piece *rest, struct text *line);
