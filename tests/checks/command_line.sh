# The command line as its users meet it: exit statuses, what is left behind
# when something is refused, and the same bytes for the same evidence.
set -eu
source=$1
wirecause=$2/wirecause
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

wrong() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

# expect STATUS WORDS COMMAND...: what it says on either output holds WORDS.
expect() {
    status=$1
    words=$2
    shift 2
    got=0
    "$@" > "$work/said" 2>&1 < /dev/null || got=$?
    [ "$got" -eq "$status" ] || wrong "status $got, not $status: $*"
    grep -qF -e "$words" "$work/said" || wrong "does not say '$words': $*"
}

absent() {
    [ ! -e "$1" ] || wrong "$1 was made"
}

same() {
    cmp -s "$1" "$2" || wrong "$1 and $2 differ"
}

mkdir "$work/bundle" "$work/empty"
archive=$source/samples/vxlan-checksum.tar.gz
tar -xzf "$archive" -C "$work/bundle"
case=$work/case

# Wrong usage.
expect 1 "a command is missing" "$wirecause"
expect 1 "'nosuch': it is analyze, load" "$wirecause" nosuch
expect 1 "nothing to analyze" "$wirecause" analyze
expect 1 "-c FILE is missing" "$wirecause" load "$work/bundle"
expect 1 "-c FILE is missing" "$wirecause" report
expect 1 "-c FILE is missing" "$wirecause" query "SELECT 1"
expect 1 "--nosuch" "$wirecause" analyze --nosuch "$work/bundle"
expect 1 "'pdf': it is text, markdown, html or json" \
    "$wirecause" analyze -f pdf "$work/bundle"
expect 1 "'pdf': it is text, markdown, html or json" \
    "$wirecause" report -f pdf -c "$case"
expect 1 "'pdf': it is table, csv or json" "$wirecause" query -f pdf -c "$case"
expect 1 "'nosuch'" "$wirecause" rules show nosuch
expect 1 "it is list, show, check or test" "$wirecause" rules nosuch

# Help and version.
expect 0 "wirecause " "$wirecause" --version
expect 0 "usage: wirecause COMMAND" "$wirecause" --help
for command in analyze load report query rules; do
    expect 0 "usage: wirecause $command" "$wirecause" $command --help
    expect 0 "$command" "$wirecause" --help
done

# What is not there, or holds nothing, or is no case.
expect 2 "$work/none: No such file" "$wirecause" analyze -q "$work/none"
expect 2 "no file that wirecause understands" \
    "$wirecause" analyze -q "$work/empty"
yes 'this is no database' | head -n 1000 > "$work/foreign"
cp "$work/foreign" "$work/foreign.before"
expect 2 "not a case file" "$wirecause" report -c "$work/foreign"
expect 2 "not a case file" "$wirecause" query -c "$work/foreign"
expect 2 "not a case file" \
    "$wirecause" load -q -c "$work/foreign" "$work/bundle"
same "$work/foreign" "$work/foreign.before"
expect 2 "$work/none" "$wirecause" report -c "$work/none"
expect 2 "$work/none" "$wirecause" query -c "$work/none"
absent "$work/none"

for command in analyze load; do
    expect 2 "$work/none: No such file" \
        "$wirecause" $command -q -c "$work/unmade" "$work/bundle" "$work/none"
    absent "$work/unmade"
done

# A place that cannot be written is told, and nothing is left.
expect 2 "No such file" \
    "$wirecause" analyze -q -o "$work/nowhere/report" "$work/bundle"
absent "$work/nowhere"
expect 2 "Is a directory" "$wirecause" analyze -q -o "$work/empty" \
    -c "$work/unmade" "$work/bundle"
absent "$work/unmade"
[ -z "$(ls -A "$work/empty")" ] || wrong "-o left something in a folder"

# Loading is idempotent, whatever comes along. A copy beside it is other
# evidence.
cp -R "$work/bundle" "$work/later"
expect 0 " 0 files were there" "$wirecause" load -c "$case" "$work/bundle"
expect 0 "0 files added" "$wirecause" load -c "$case" "$work/bundle"
cp "$case" "$work/two"
expect 0 "files added" "$wirecause" load -c "$work/two" "$work/bundle" \
    "$work/later"
expect 0 "0 files added" "$wirecause" load -c "$work/two" "$work/later" \
    "$work/bundle"
expect 0 "0 files added" "$wirecause" load -c "$work/two" "$work/bundle"
expect 0 "0 files added" "$wirecause" load -c "$work/two" "$work/later"

# The same bytes each time.
for run in 1 2; do
    "$wirecause" report -q -c "$case" > "$work/report.$run"
    "$wirecause" analyze -q --threads $run -f json -o "$work/json.$run" \
        "$work/bundle"
done
same "$work/report.1" "$work/report.2"
for format in text markdown html json; do
    expect 0 "tunnel-inner-checksum" "$wirecause" report -c "$case" -f $format
done
same "$work/json.1" "$work/json.2"
"$wirecause" analyze -q -o "$work/markdown" "$work/bundle"
same "$work/report.1" "$work/markdown"
expect 2 "standard output" sh -c "'$wirecause' report -c '$case' > /dev/full"

# A folder, its archive and its archive on standard input: one verdict.
"$wirecause" analyze -q -f text --color never "$work/bundle" |
    head -n 1 > "$work/verdict.folder"
"$wirecause" analyze -q -f text --color never "$archive" |
    head -n 1 > "$work/verdict.archive"
"$wirecause" analyze -q -f text --color never - < "$archive" |
    head -n 1 > "$work/verdict.input"
[ -s "$work/verdict.folder" ] || wrong "no verdict"
same "$work/verdict.folder" "$work/verdict.archive"
same "$work/verdict.folder" "$work/verdict.input"
expect 10 "" "$wirecause" analyze -q --exit-code "$work/bundle"
expect 10 "" "$wirecause" report -q --exit-code -c "$case"
expect 0 "" "$wirecause" analyze -q --exit-code \
    "$source/samples/healthy.tar.gz"

# A query reads the case, and nothing else.
cp "$case" "$work/case.before"
expect 0 "1" "$wirecause" query -c "$case" "SELECT 1 AS one"
expect 0 "null" "$wirecause" query -f json -c "$case" "SELECT 9e999 AS a"
expect 0 "v_evidence" "$wirecause" query -c "$case"
for sql in "INSERT INTO clue DEFAULT VALUES" "DELETE FROM evidence" \
    "DROP TABLE evidence" "ATTACH '$work/attached' AS a" \
    "VACUUM INTO '$work/attached'" "PRAGMA user_version = 7" \
    "PRAGMA user_version" "PRAGMA query_only = OFF" "SELECT 1; SELECT 2" \
    "SELECT nosuch" "SELECT" ""; do
    expect 1 "wirecause: query: " "$wirecause" query -c "$case" "$sql"
done
absent "$work/attached"
same "$case" "$work/case.before"

[ "$failures" -eq 0 ]
