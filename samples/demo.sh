#!/bin/sh
# Builds wirecause and explains a recorded incident. For a fresh Debian 12:
# installs what is missing to build (with sudo unless it runs as root).
set -eu
cd "$(dirname "$0")/.."

sh .ci/install build-essential cmake ninja-build pkg-config libpcap-dev \
    libldns-dev libpcre2-dev libsqlite3-dev libarchive-dev libyaml-dev \
    libssl-dev >&2

cmake --preset release > /dev/null
cmake --build build/release --target wirecause >&2

sample=samples/vxlan-checksum.tar.gz
echo "\$ wirecause analyze --format text $sample"
echo
exec build/release/wirecause analyze --format text "$sample"
