#include "text/printed_number.h"

bool printed_take_hex(struct text *text, const char *prefix, uint16_t *value)
{
    size_t length = 0;
    uint64_t number;

    if (!text_skip(text, prefix))
        return false;
    while (length < text->length && length < 4 &&
           ((text->bytes[length] >= '0' && text->bytes[length] <= '9') ||
            (text->bytes[length] >= 'a' && text->bytes[length] <= 'f')))
        length++;
    if (!text_hex(text_first(*text, length), &number))
        return false;
    *value = (uint16_t)number;
    *text = text_from(*text, length);
    return true;
}

bool printed_take_decimal(struct text *text, int64_t *value)
{
    size_t length = 0;

    while (length < text->length && text->bytes[length] >= '0' &&
           text->bytes[length] <= '9')
        length++;
    if (!text_integer(text_first(*text, length), value))
        return false;
    *text = text_from(*text, length);
    return true;
}

bool printed_number_after(struct text text, const char *word, int64_t *value)
{
    ptrdiff_t at = text_find(text, word);

    if (at < 0)
        return false;
    text = text_from(text, (size_t)at + text_of(word).length);
    return printed_take_decimal(&text, value);
}
