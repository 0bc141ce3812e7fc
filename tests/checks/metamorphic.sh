# Bundles changed in ways that must not change what is found: tests/metamorphic.
# Two samples in disguise, and one with less in it; with WIRECAUSE_LONG=1, every
# change of every sample and of the recorded incidents that lie beside the
# project.
set -eu
command -v python3 > /dev/null || { echo "python3: not installed"; exit 77; }
python3 -c 'import tarfile, sys; sys.exit(not hasattr(tarfile, "data_filter"))' ||
    { echo "python3: too old"; exit 77; }
[ -x "$2/wirecause" ] || { echo "$2/wirecause: not built" >&2; exit 1; }
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
run() {
    python3 "$1/tests/metamorphic/run.py" "$3" "$2/wirecause" $4
}
if [ "${WIRECAUSE_LONG:-0}" != 1 ]; then
    run "$1" "$2" "$1/samples" \
        "--bundle healthy --bundle mixed --transform disguise"
    run "$1" "$2" "$1/samples" "--bundle vxlan-checksum --transform no-uplinks \
        --transform snaplen-96 --transform no-snapshots"
    exit
fi
run "$1" "$2" "$1/samples" ""
if [ -d "$1/../shared/bundles" ]; then
    run "$1" "$2" "$1/../shared/bundles" ""
else
    echo "no recorded incidents beside the project: samples only"
fi
