/* JSON (RFC 8259) to tree events, one document of a stream.
 *
 * Own code, since no parser at hand does all that kubectl output needs:
 * documents that follow each other without a separator (cluster-info dump),
 * line numbers, bounded memory, and everything before the byte where a file
 * was cut off. */
#pragma once

#include "text/objects_source.h"
#include "text/objects_tree.h"

/* Reads the document that begins at the next '{' or '['. */
enum document_end json_read(struct source *in, struct tree *tree);
