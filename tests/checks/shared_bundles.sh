# The recorded incidents that lie beside the project, where they do: how many
# of them the report explains as it should. shared_bundles.expected holds the
# number that must be reached.
set -eu
shared=$1/../shared
if [ ! -e "$shared/check_report.py" ]; then
    echo "no recorded incidents beside the project: skipped"
    exit 77
fi
command -v python3 > /dev/null || { echo "python3: not installed"; exit 77; }
out=$(mktemp)
trap 'rm -f "$out"' EXIT
python3 "$shared/check_report.py" --verdict --all "$shared/bundles" \
    "$2/wirecause" > "$out" 2>&1 || true
cat "$out"
reached=$(sed -n 's/^\([0-9]*\) of [0-9]* bundles explained.*/\1/p' "$out")
expected=$(cat "$1/tests/checks/shared_bundles.expected")
echo "reached ${reached:-0}, expected $expected"
[ "${reached:-0}" -ge "$expected" ]
