# Every #include of analyzer/ is one that the layer table allows.
set -eu
cd "$1"
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
find analyzer -name '*.[ch]' | sort |
    xargs awk -f tests/checks/layers.awk analyzer/README.md
mkdir -p "$planted/analyzer/decode"
echo '#include "store/table.h"' > "$planted/analyzer/decode/planted.c"
if awk -f tests/checks/layers.awk analyzer/README.md \
    "$planted/analyzer/decode/planted.c" > /dev/null; then
    echo "the check does not see a planted violation" >&2
    exit 1
fi
