# Small bundles as each collector makes them: tests/cases/layout-NAME/ holds
# evidence - bundle/ or bundle.tar.gz - and facts.csv, the node, network
# namespace and interface on which each of its facts must land.
set -eu
source=$1
wirecause=$2/wirecause
[ -x "$wirecause" ] || { echo "$wirecause: not built" >&2; exit 1; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
wrong=0
count=0

facts_of() {
    rm -f "$out/case.db"
    "$wirecause" analyze --quiet --case "$out/case.db" "$1" > "$out/report" \
        2> "$out/errors" || cat "$out/errors"
    "$wirecause" query --case "$out/case.db" --format csv -- \
        "$(cat "$source/tests/checks/layout_facts.sql")"
}

for expected in "$source"/tests/cases/layout-*/facts.csv; do
    case=$(dirname "$expected")
    bundle=$case/bundle
    [ -e "$bundle" ] || bundle=$bundle.tar.gz
    count=$((count + 1))
    facts_of "$bundle" > "$out/facts.csv" 2>&1 || :
    if ! diff -u "$expected" "$out/facts.csv"; then
        wrong=$((wrong + 1))
    fi
done
echo "$count layouts, $wrong wrong"
[ "$wrong" = 0 ] && [ "$count" -gt 0 ]
