# Damaged and hostile files in a bundle each get a row that says so, and leave
# the rest of the report as it was.
set -eu
source=$1
wirecause=$2/wirecause
command -v python3 > /dev/null || { echo "python3: not installed"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bundle"
tar -xzf "$source/samples/healthy.tar.gz" -C "$work/bundle"
"$wirecause" analyze -q -f json -o "$work/before.json" "$work/bundle"

hostile=$work/bundle/zz-hostile
mkdir "$hostile"
capture=$(find "$work/bundle" -name '*.pcap' | sort | head -n 1)
head -c 1000 /dev/zero | tr '\0' 'x' > "$hostile/random.bin"
: > "$hostile/empty.pcap"
head -c 24 "$capture" > "$hostile/no-packets.pcap"
head -c 31 "$capture" > "$hostile/truncated.pcap"
mkfifo "$hostile/fifo"
ln -s /etc/passwd "$hostile/link"
python3 - "$hostile/archive.tar" << 'PYTHON'
import io, sys, tarfile
with tarfile.open(sys.argv[1], "w") as tar:
    for name, kind in (("../outside", tarfile.REGTYPE),
                       ("/absolute", tarfile.REGTYPE),
                       ("link", tarfile.SYMTYPE), ("fifo", tarfile.FIFOTYPE),
                       ("device", tarfile.CHRTYPE)):
        member = tarfile.TarInfo(name)
        member.type = kind
        member.linkname = "/etc/passwd"
        member.size = 5 if kind == tarfile.REGTYPE else 0
        tar.addfile(member, io.BytesIO(b"hello") if member.size else None)
PYTHON
timeout 120 "$wirecause" analyze -q -f json -o "$work/after.json" "$work/bundle"
test ! -e "$work/outside"
test ! -e "$work/bundle/outside"

python3 - "$work/before.json" "$work/after.json" << 'PYTHON'
import json, sys
before, after = (json.load(open(path)) for path in sys.argv[1:])
rows = {row["path"]: row for row in after["evidence"]}
for name in ("random.bin", "empty.pcap", "truncated.pcap", "fifo", "link",
             "archive.tar", "archive.tar/../outside", "archive.tar//absolute",
             "archive.tar/link", "archive.tar/fifo", "archive.tar/device"):
    row = rows.get("zz-hostile/" + name)
    if row is None:
        near = [path for path in rows if path.startswith("zz-hostile/")]
        sys.exit("no row for %s; there are %s" % (name, near))
    if name != "archive.tar" and (row["status"] == "read" or not row["why"]):
        sys.exit("%s: %s" % (name, row))
for key in before:
    if key != "evidence" and before[key] != after[key]:
        sys.exit("%s differs" % key)
PYTHON
echo "hostile files: each has a row that says why, the report is the same"
