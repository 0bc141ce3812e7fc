# decode/ allocates nothing, opens nothing and prints nothing: linked together,
# its objects need nothing but what the compiler itself puts in.
set -eu
archive=$2/libwc_decode.a
[ -f "$archive" ] || { echo "decode_purity: $archive is not built"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Prints what an archive needs beyond that. Position-independent code names
# the offset table, and each instrumentation its own runtime.
needs_of()
{
    ld -r -o "$folder/all.o" --whole-archive "$1"
    nm -u "$folder/all.o" | awk '{ print $NF }' | grep -v -x -E \
        -e '(__)?mem(cpy|set|cmp|move)(_chk)?' \
        -e '__stack_chk_(fail|guard)' \
        -e '_GLOBAL_OFFSET_TABLE_' \
        -e '__(asan|ubsan|sanitizer|sancov|gcov|llvm)_.*' || true
}

needs=$(needs_of "$archive")
if [ -n "$needs" ]; then
    echo "decode/ needs:" $needs >&2
    exit 1
fi

echo 'extern void *malloc(unsigned long); void *f(void); void *f(void) { return malloc(1); }' \
    > "$folder/planted.c"
cc -c -o "$folder/planted.o" "$folder/planted.c"
ar rc "$folder/planted.a" "$folder/planted.o"
if [ "$(needs_of "$folder/planted.a")" != malloc ]; then
    echo "the check does not see a planted malloc" >&2
    exit 1
fi
