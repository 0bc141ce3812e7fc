#!/bin/sh
# usage: tests/bench/flows.sh [WIRECAUSE [FLOWS]]
#
# Loads a capture in which every question is a flow of its own, FLOWS
# (10000000) in all, and one of a tenth as many; over UDP, then over TCP.
# Prints seconds, peak memory and how time grows. The table of flows is
# bounded, so memory must not grow. Asserts nothing; needs a C compiler and
# about 500 bytes a flow of room in $TMPDIR over UDP, 1200 over TCP.
set -eu
cd "$(dirname "$0")/../.."
wirecause=${1:-build/release/wirecause}
flows=${2:-10000000}
[ -x "$wirecause" ] || {
    echo "$wirecause: not built (cmake --preset release; cmake --build build/release)" >&2
    exit 1
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for program in generate measure; do
    ${CC:-cc} -std=c17 -O2 -o "$out/$program" "tests/bench/$program.c"
done

# load PROTOCOL FLOWS: one line of the table; seconds of processors go to
# $out/processor.
load() {
    "$out/generate" "$1" "$2" "$out/flows.pcap"
    "$out/measure" "$out/result" "$wirecause" load --quiet \
        --case "$out/case" "$out/flows.pcap"
    read -r seconds processor kilobytes sum status < "$out/result"
    [ "$status" = 0 ] || echo "exit status $status" >&2
    packets=$("$wirecause" query --case "$out/case" --format csv \
        "SELECT packets FROM evidence" | tail -n 1)
    rm -f "$out"/case* "$out/flows.pcap"
    echo "$processor" > "$out/processor"
    awk -v f="$2 flows over $1" -v n="$packets" -v s="$seconds" \
        -v p="$processor" -v k="$kilobytes" -v a="$sum" 'BEGIN {
        printf "| %s | %d | %.1f | %.1f | %d | %d |\n",
            f, n, s, p, k / 1024, a / 1024 }'
}

echo "| capture | packets | seconds | of processors | largest MiB | all MiB |"
echo "|---|---:|---:|---:|---:|---:|"
for protocol in udp tcp; do
    load $protocol $((flows / 10))
    small=$(cat "$out/processor")
    load $protocol "$flows"
    awk -v p=$protocol -v a="$small" -v b="$(cat "$out/processor")" 'BEGIN {
        printf "%s: 10 times the flows, %.1f times the processor time\n",
            p, b / a }' >> "$out/growth"
done
echo
cat "$out/growth"
