# No file of the project names a place outside of it: neither a folder beside
# it nor a path of some machine. Tests may name the former, and skip without.
set -eu
cd "$1"

files() {
    if command -v git > /dev/null && git rev-parse --git-dir > /dev/null 2>&1
    then
        git ls-files
    else
        find . -type f ! -path './build*' ! -path './.git/*' | sed 's|^\./||'
    fi
}

outside='\.\./shared|(^|[^A-Za-z0-9_.])/(work|root|home/[a-z]+|Users/[A-Za-z]+)/'
if files | grep -v '^tests/' | tr '\n' '\0' |
    xargs -0 grep -nIE "$outside" 2> /dev/null; then
    exit 1
fi
for planted in 'see ../shared/x' 'in /home/me/x' '"/work/main"'; do
    echo "$planted" | grep -qE "$outside" || {
        echo "the check does not see: $planted" >&2
        exit 1
    }
done
