/* YAML to tree events, one document of a stream, by libyaml.
 *
 * libyaml stops for good at the first mistake, so each document gets a parser
 * of its own, fed only with the document's lines: a bad one costs itself.
 * Aliases are not followed, so nothing grows. */
#pragma once

#include "text/objects_source.h"
#include "text/objects_tree.h"

/* Reads from the next line to the end of the document: a line "---" or "...",
 * or one in the first column that is no YAML, such as the next prompt. */
enum document_end yaml_read(struct source *in, struct tree *tree);
