/* Any bytes as a document: pieces never hold more than it does. */
#include "evidence/document.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct text text = text_slice((const char *)bytes, length);
    struct document document;
    size_t taken = 0;

    (void)document_bid(text, "issue.md");
    document_split(&document, text);
    for (size_t i = 0; i < document.piece_count; i++) {
        struct document_piece piece = document.pieces[i];
        struct text line;

        while (document_piece_line(&piece, &line))
            taken += line.length;
    }
    assert(taken <= length);
    document_deinit(&document);
    return 0;
}
