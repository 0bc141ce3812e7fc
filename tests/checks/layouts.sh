# One recorded incident as each collector of support bundles would have left
# it: tests/layouts. The verdict must not depend on who collected.
set -eu
command -v python3 > /dev/null || { echo "python3: not installed"; exit 77; }
[ -x "$2/wirecause" ] || { echo "$2/wirecause: not built" >&2; exit 1; }
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
python3 "$1/tests/layouts/run.py" "$1/samples/vxlan-checksum.tar.gz" \
    "$2/wirecause"
