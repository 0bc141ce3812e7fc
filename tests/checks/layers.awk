# Checks every #include "folder/..." of analyzer/ against the layer table.
# The table stands in analyzer/README.md between the layer markers.
FNR == 1 { in_table = 0 }
FILENAME ~ /README\.md$/ {
    if ($0 ~ /^\| `[a-z.]+\/?`/) {
        split($0, cell, "|")
        folder = cell[2]; gsub(/[` \/]/, "", folder)
        n = split(cell[3], uses, /[ ,]+/)
        known[folder] = 1
        for (i = 1; i <= n; i++) if (uses[i] != "") may[folder, uses[i]] = 1
    }
    next
}
/^#include "/ {
    path = FILENAME; sub(/.*analyzer\//, "", path)
    from = path; sub(/\/.*/, "", from)
    if (path !~ /\//) from = "main.c"
    to = $0; sub(/^#include "/, "", to); sub(/\/.*/, "", to)
    if (from == to || (from, to) in may || (from, "all") in may) next
    printf "%s:%d: %s may not include %s\n", FILENAME, FNR, from, to
    bad = 1
}
END { exit bad }
