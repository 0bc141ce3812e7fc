# clang-format leaves every file as it is.
set -eu
command -v clang-format > /dev/null || { echo "clang-format: not installed"; exit 77; }
cd "$1"
find analyzer tests -name '*.[ch]' | sort | xargs clang-format --dry-run -Werror
