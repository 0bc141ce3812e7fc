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

# Names that would be markup: the HTML report stays one closed document of
# known elements that loads nothing.
names=$work/names
cp -R "$work/bundle" "$names"
rm "$names/zz-hostile/fifo"
python3 - "$names" << 'PYTHON'
import os, sys
for name in (b"<script>alert(1)<_script>.log", b"\"><img src=x onerror=y>.log",
             b"' onload='z.log", b"bad-\xff\xfe.log", b"red\x1b[31m.log",
             b"<!--.log", b"&lt;b&gt;.log"):
    with open(os.path.join(os.fsencode(sys.argv[1]), name), "wb") as file:
        file.write(b"[ERROR] plugin/errors: 2 <b>x</b>. A: read udp "
                   b"10.0.0.1:1->10.0.0.2:53: i/o timeout\n")
PYTHON
timeout 120 "$wirecause" analyze -q -f html -o "$work/report.html" "$names"
python3 - "$work/report.html" << 'PYTHON'
import html.parser, sys
VOID = {"meta"}
KNOWN = VOID | set("html head title style body h1 h2 h3 p ul ol li strong code "
                   "div table thead tbody tr th td details summary".split())
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class"}
class Checker(html.parser.HTMLParser):
    open = []
    def handle_starttag(self, tag, attributes):
        if tag not in KNOWN or not {n for n, _ in attributes} <= ATTRIBUTES:
            sys.exit("HTML: %s %s at %s" % (tag, attributes, self.getpos()))
        if tag not in VOID:
            self.open.append(tag)
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            sys.exit("HTML: %s closes what is not open" % tag)
    def handle_comment(self, data):
        sys.exit("HTML: a comment")
text = open(sys.argv[1], "rb").read().decode("utf-8")
checker = Checker()
checker.feed(text)
checker.close()
if checker.open:
    sys.exit("HTML: %s stays open" % checker.open)
if "onerror&#61;y" not in text or "bad-\\xff" not in text:
    sys.exit("HTML: the names are not in it")
for wrong in ("url(", "@import", "\x1b"):
    if wrong in text:
        sys.exit("HTML: %r" % wrong)
PYTHON
echo "hostile names: the HTML report is well formed and loads nothing"
echo "hostile files: each has a row that says why, the report is the same"
