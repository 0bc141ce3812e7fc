"""Replaces words in texts; tables of kubectl keep their columns aligned."""
import re


def replacer(words):
    """A function text -> text that replaces whole words, longest first."""
    if not words:
        return lambda text: text
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(" +
        "|".join(re.escape(word) for word in
                 sorted(words, key=len, reverse=True)) +
        r")(?![A-Za-z0-9])")
    return lambda text: pattern.sub(lambda match: words[match.group(1)], text)


def _is_table(text):
    return re.match(r"[A-Z][A-Z-]+ {2,}[A-Z]", text) is not None


def _align(rows):
    widths = [max(len(row[i]) for row in rows if i < len(row)) + 3
              for i in range(max(map(len, rows)))]
    return "".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
        + "\n" for row in rows)


def change(data, replace):
    """data: the bytes of a text file"""
    text = data.decode("latin-1")
    if not _is_table(text):
        return replace(text).encode("latin-1")
    rows = [[replace(cell) for cell in re.split(r" {2,}", line.rstrip())]
            for line in text.splitlines()]
    return _align(rows).encode("latin-1")
