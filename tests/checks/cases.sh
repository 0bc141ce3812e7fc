# Golden cases: tests/cases/NAME/ holds evidence - a folder bundle/, an archive
# bundle.tar.gz, or a file `bundle` that names an archive of samples/ or an
# incident that lies beside the project, where it does - and expected.json, what
# the report must contain (see contains.py), and maybe expected.md, what it must
# be but for its last line, on versions. Each case runs twice and must give the
# same bytes. With WIRECAUSE_UPDATE=1 in the environment, each expected.md is
# written anew, to be read before it is kept.
set -eu
source=$1
wirecause=$2/wirecause
command -v python3 > /dev/null || { echo "python3: not installed"; exit 77; }
[ -x "$wirecause" ] || { echo "$wirecause: not built" >&2; exit 1; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
wrong=0
count=0

say_wrong() {
    echo "$name: $1"
    wrong=$((wrong + 1))
}

bundle_of() {
    if [ -d "$1/bundle" ]; then
        echo "$1/bundle"
    elif [ -f "$1/bundle.tar.gz" ]; then
        echo "$1/bundle.tar.gz"
    elif [ -f "$1/bundle" ]; then
        echo "$source/$(cat "$1/bundle")"
    fi
}

analyze() {
    "$wirecause" analyze --format "$1" "$bundle" > "$2" 2> "$out/errors" || {
        say_wrong "exit status $? as $1: $(head -n 1 "$out/errors")"
        return 1
    }
}

check_json() {
    analyze json "$out/report.json" || return 0
    analyze json "$out/again.json" || return 0
    cmp -s "$out/report.json" "$out/again.json" ||
        say_wrong "two runs differ"
    python3 "$source/tests/checks/contains.py" "$case/expected.json" \
        "$out/report.json" > "$out/differences" ||
        say_wrong "$(cat "$out/differences")"
    python3 "$source/tests/checks/report_schema.py" \
        "$out/report.json" > "$out/differences" ||
        say_wrong "$(cat "$out/differences")"
}

check_markdown() {
    analyze markdown "$out/all.md" || return 0
    sed '/^wirecause .* rules SHA-256/d' "$out/all.md" > "$out/report.md"
    if [ "${WIRECAUSE_UPDATE:-}" = 1 ]; then
        cp "$out/report.md" "$case/expected.md"
    fi
    diff -u "$case/expected.md" "$out/report.md" || say_wrong "expected.md"
}

is_elsewhere() {
    [ ! -e "$1" ] && case $1 in "$source/../"*) true ;; *) false ;; esac
}

for case in "$source"/tests/cases/*/; do
    [ -e "$case/expected.json" ] || continue
    name=$(basename "$case")
    count=$((count + 1))
    bundle=$(bundle_of "${case%/}")
    if is_elsewhere "$bundle"; then
        echo "$name: no recorded incident beside the project: skipped"
        count=$((count - 1))
        continue
    fi
    if [ -z "$bundle" ] || [ ! -e "$bundle" ]; then
        say_wrong "no bundle"
        continue
    fi
    check_json
    if [ -e "$case/expected.md" ]; then
        check_markdown
    fi
done
echo "$count cases, $wrong wrong"
[ "$wrong" = 0 ] && [ "$count" -gt 0 ]
