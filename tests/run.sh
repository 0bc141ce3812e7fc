#!/bin/sh
# Builds with sanitizers and warnings as errors, runs every test, then the
# golden cases again with the release build. For Debian 12: installs what is
# missing. The last line is "N passed, N failed, N skipped".
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=$(nproc)
results=$(mktemp)
trap 'rm -f "$results"' EXIT

# Counts ctest's result lines: "  3/40 Test  #3: decode/test_packet ... Passed"
finish() {
    awk -v broken="$1" '
        /^ *[0-9]+\/[0-9]+ Test +#[0-9]+:/ {
            if (/ Passed +[0-9.]+ sec/) passed++
            else if (/\*\*\*Skipped/ || /\*\*\*Not Run \(Disabled\)/) skipped++
            else failed++
        }
        END {
            failed += broken
            printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
            exit failed > 0 || passed == 0
        }' "$results"
    exit
}

# Whatever cannot be built is one failure more.
step() {
    "$@" || {
        echo "failed: $*" >&2
        finish 1
    }
}

step sh .ci/install build-essential cmake ninja-build pkg-config \
    libpcap-dev libldns-dev libpcre2-dev libsqlite3-dev libarchive-dev \
    libyaml-dev libssl-dev libcmocka-dev clang-format sqlite3 python3

step cmake --preset dev
step cmake --build build/dev
ctest --test-dir build/dev --output-on-failure -j "$jobs" | tee -a "$results"

step cmake --preset release
step cmake --build build/release --target wirecause
ctest --test-dir build/release --output-on-failure -R '^checks/cases$' |
    tee -a "$results"
finish 0
