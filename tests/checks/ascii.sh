# Sources, rules and everything that is built into the program are ASCII:
# printable characters, tabs and line feeds.
set -eu
cd "$1"
tab=$(printf '\t')

not_ascii() {
    find "$@" -type f \( -name '*.[ch]' -o -name '*.sql' -o -name '*.yaml' \) |
        sort | LC_ALL=C xargs grep -n "[^ -~$tab]"
}

if not_ascii analyzer rules tests >&2; then
    exit 1
fi
planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
printf -- '-- caf\303\251\n' > "$planted/planted.sql"
if ! not_ascii "$planted" > /dev/null; then
    echo "the check does not see a planted character" >&2
    exit 1
fi
