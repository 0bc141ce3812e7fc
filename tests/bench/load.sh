#!/bin/sh
# usage: tests/bench/load.sh [QUESTIONS [WIRECAUSE [ROUNDS]]]
#
# Times `wirecause load` on a generated capture beside tshark, which does
# comparable work on it (both passes, checksums, DNS and TCP analysis), and
# tcpdump, which only copies it. All run one after the other on the same
# file, read once before so that none pays for the disk, ROUNDS (3) times over;
# the fastest of each counts, as what else a machine does only adds. Prints a
# table; asserts nothing.
set -eu
cd "$(dirname "$0")/../.."
questions=${1:-300000}
wirecause=${2:-build/release/wirecause}
rounds=${3:-3}
[ -x "$wirecause" ] || {
    echo "$wirecause: not built (cmake --preset release; cmake --build build/release)" >&2
    exit 1
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
capture=$out/traffic.pcap

for program in generate measure; do
    ${CC:-cc} -std=c17 -O2 -o "$out/$program" "tests/bench/$program.c"
done
"$out/generate" "$questions" "$capture"
cat "$capture" > /dev/null

# measure NAME COMMAND...: what it took into $out/NAME, if no round was faster.
measure() {
    name=$1
    shift
    "$out/measure" "$out/round" "$@"
    cat "$out/round" "$out/$name" 2> /dev/null | sort -n | head -n 1 \
        > "$out/fastest"
    mv "$out/fastest" "$out/$name"
}

row() {
    [ -e "$out/$1" ] || {
        echo "| $2 | not installed | | | | |"
        return 0
    }
    # shellcheck disable=SC2034 # read splits the line
    read -r seconds processor kilobytes sum status < "$out/$1"
    read -r base rest < "$out/wirecause"
    [ "$status" = 0 ] || echo "$2: exit status $status" >&2
    awk -v what="$2" -v s="$seconds" -v p="$processor" \
        -v k="$kilobytes" -v a="$sum" -v b="$base" 'BEGIN {
        printf "| %s | %.2f | %.2f | %d | %d | %.2f |\n",
            what, s, p, k / 1024, a / 1024, s / b }'
}

run_all() {
    rm -f "$out/bench.case"
    measure wirecause "$wirecause" load --case "$out/bench.case" "$capture"
    if command -v tcpdump > /dev/null; then
        measure tcpdump tcpdump -r "$capture" -w /dev/null
    fi
    if command -v tshark > /dev/null; then
        measure tshark tshark -2 -r "$capture" -o ip.check_checksum:TRUE \
            -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE -T fields \
            -e frame.number -e dns.qry.name -e dns.time \
            -e tcp.analysis.retransmission -e udp.checksum.status \
            -e tcp.checksum.status -e ip.checksum.status
    fi
}

while [ "$rounds" -gt 0 ]; do
    run_all
    rounds=$((rounds - 1))
done

bytes=$(wc -c < "$capture")
echo "$questions questions, $((bytes / 1000000)) MB, $(nproc) processors"
echo
echo "| command | seconds | of processors | peak MiB | of all processes | times wirecause |"
echo "|---|---:|---:|---:|---:|---:|"
row wirecause "wirecause load"
row tshark "tshark -2, checksums, DNS and TCP fields"
row tcpdump "tcpdump -w /dev/null"
