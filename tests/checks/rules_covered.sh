# Every sign has a case in which it fires and one in which it stays silent.
set -eu
cd "$1"

uncovered() {
    for sign in "$1"/signs/*.sql; do
        [ -e "$sign" ] || continue
        id=$(basename "$sign" .sql)
        for outcome in fires silent; do
            [ -s "$2/$id/$outcome.sql" ] ||
                echo "$sign: no $2/$id/$outcome.sql"
        done
    done
}

missing=$(uncovered rules tests/rules)
if [ -n "$missing" ]; then
    echo "$missing" >&2
    exit 1
fi
[ -e rules/signs ] || { echo "no signs at all" >&2; exit 1; }

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
mkdir -p "$planted/signs" "$planted/cases/planted"
echo 'SELECT 1;' > "$planted/signs/planted.sql"
echo 'SELECT 1;' > "$planted/cases/planted/fires.sql"
if [ -z "$(uncovered "$planted" "$planted/cases")" ]; then
    echo "the check does not see a sign without its silent case" >&2
    exit 1
fi
