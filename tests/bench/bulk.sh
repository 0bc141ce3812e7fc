#!/bin/sh
# usage: tests/bench/bulk.sh [WIRECAUSE [MEGABYTES [MEMBERS]]]
#
# Loads a CoreDNS log of MEGABYTES (1000), plain and gzipped, and an archive
# of MEMBERS (200000) small files, each of them and one a tenth as large, one
# after the other. Prints seconds, speed, peak memory and how time grows with
# size, beside programs that only read the same bytes. Options and limits are
# the defaults. (grep stops at the first match where its output is
# /dev/null.) Asserts nothing; needs a C compiler, gzip and tar, and about
# five times MEGABYTES of room in $TMPDIR.
set -eu
cd "$(dirname "$0")/../.."
wirecause=${1:-build/release/wirecause}
megabytes=${2:-1000}
members=${3:-200000}
[ -x "$wirecause" ] || {
    echo "$wirecause: not built (cmake --preset release; cmake --build build/release)" >&2
    exit 1
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for program in generate_text measure; do
    ${CC:-cc} -std=c17 -O2 -o "$out/$program" "tests/bench/$program.c"
done

# row NAME UNITS UNIT COMMAND...: runs the command and prints its line of the
# table. Seconds go to $out/seconds.
row() {
    name=$1
    units=$2
    unit=$3
    shift 3
    "$out/measure" "$out/result" "$@"
    read -r seconds processor kilobytes sum status < "$out/result"
    [ "$status" = 0 ] || name="$name (exit status $status)"
    echo "$seconds $processor" > "$out/seconds"
    awk -v n="$name" -v s="$seconds" -v p="$processor" -v k="$kilobytes" \
        -v a="$sum" -v u="$units" -v w="$unit" 'BEGIN {
        printf "| %s | %.1f | %.1f | %.0f %s/s | %.0f | %.0f |\n",
            n, s, p, u / (s > 0.01 ? s : 0.01), w, k / 1024, a / 1024 }'
}

# load FILE UNITS UNIT: and which share of the files was understood.
load() {
    rm -f "$out"/case*
    row "wirecause load, $2 $3" "$2" "$3" \
        "$wirecause" load --quiet --case "$out/case" "$1"
    "$wirecause" query --case "$out/case" --format csv \
        "SELECT status || ': ' || count(*) FROM evidence GROUP BY status" |
        sed 1d | tr '\n' ' ' > "$out/coverage"
    rm -f "$out"/case*
}

# twice NAME SMALL LARGE UNITS UNIT: both sizes and how time grew.
twice() {
    load "$2" $(($4 / 10)) "$5"
    cp "$out/seconds" "$out/small"
    load "$3" "$4" "$5"
    read -r small small_processor < "$out/small"
    read -r large large_processor < "$out/seconds"
    awk -v n="$1" -v a="$small" -v b="$large" -v c="$small_processor" \
        -v d="$large_processor" -v r="$(cat "$out/coverage")" 'BEGIN {
        printf "%s: 10 times the input, %.1f times the seconds, " \
            "%.1f times the processor time; files %s\n",
            n, b / a, d / c, r }' >> "$out/growth"
}

echo "$(nproc) processors; memory in MiB, of the largest process and of all"
echo "together (pages that they share counted in each)."
echo
echo "| command | seconds | of processors | speed | largest | all |"
echo "|---|---:|---:|---:|---:|---:|"

"$out/generate_text" log $((megabytes / 10)) > "$out/small.log"
"$out/generate_text" log "$megabytes" > "$out/large.log"
twice log "$out/small.log" "$out/large.log" "$megabytes" MB
row "grep -c NOERROR" "$megabytes" MB \
    sh -c "grep -c NOERROR '$out/large.log' > '$out/count'"
gzip -1 "$out/small.log" "$out/large.log"
twice "log, gzipped" "$out/small.log.gz" "$out/large.log.gz" "$megabytes" MB
row "gzip -dc \\| grep -c NOERROR" "$megabytes" MB \
    sh -c "gzip -dc '$out/large.log.gz' | grep -c NOERROR > '$out/count'"
rm -f "$out"/*.log.gz

"$out/generate_text" archive $((members / 10)) | gzip -1 > "$out/small.tar.gz"
"$out/generate_text" archive "$members" | gzip -1 > "$out/large.tar.gz"
twice archive "$out/small.tar.gz" "$out/large.tar.gz" "$members" members
row "tar -tzf" "$members" members tar -tzf "$out/large.tar.gz"

echo
cat "$out/growth"
