# Prints the matrix of causes and golden cases: see matrix.py.
set -eu
command -v python3 > /dev/null || { echo "python3: not installed"; exit 77; }
[ -x "$2/wirecause" ] || { echo "$2/wirecause: not built" >&2; exit 1; }
exec python3 "$1/tests/checks/matrix.py" "$2/wirecause" "$1/tests/cases" \
    "$1/rules"
