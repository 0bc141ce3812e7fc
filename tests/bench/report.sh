#!/bin/sh
# usage: tests/bench/report.sh [QUESTIONS|CAPTURE|BUNDLE] [WIRECAUSE]
#
# Times `wirecause report` beside `wirecause load` on a generated capture, or
# on one that is named, and prints the ratio and the peak of memory of each.
# QUESTIONS is a number (default 300000). Asserts nothing.
set -eu
cd "$(dirname "$0")/../.."
what=${1:-300000}
wirecause=${2:-build/release/wirecause}
[ -x "$wirecause" ] || {
    echo "$wirecause: not built (cmake --preset release; cmake --build build/release)" >&2
    exit 1
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

for program in generate measure; do
    ${CC:-cc} -std=c17 -O2 -o "$out/$program" "tests/bench/$program.c"
done
if [ -e "$what" ]; then
    evidence=$what
    title=$what
else
    evidence=$out/traffic.pcap
    title="$what questions"
    "$out/generate" "$what" "$evidence"
fi
find "$evidence" -type f -exec cat {} + > /dev/null # none pays for the disk

row() {
    # shellcheck disable=SC2034 # read splits the line
    read -r seconds processor kilobytes sum status < "$out/$1"
    read -r base rest < "$out/load"
    [ "$status" = 0 ] || echo "$2: exit status $status" >&2
    awk -v what="$2" -v s="$seconds" -v p="$processor" \
        -v k="$kilobytes" -v a="$sum" -v b="$base" 'BEGIN {
        printf "| %s | %.2f | %.2f | %d | %d | %.2f |\n",
            what, s, p, k / 1024, a / 1024, (b > 0 ? s / b : 0) }'
}

case_file=$out/bench.case
"$out/measure" "$out/load" "$wirecause" load --case "$case_file" "$evidence"
"$out/measure" "$out/report" "$wirecause" report --case "$case_file" \
    --format json

bytes=$(wc -c < "$case_file")
echo "$title, $(nproc) processors, a case of $((bytes / 1000000)) MB"
echo
echo "| command | seconds | of processors | largest MiB | all MiB | times load |"
echo "|---|---:|---:|---:|---:|---:|"
row load "wirecause load"
row report "wirecause report (correlates, runs the rules)"
