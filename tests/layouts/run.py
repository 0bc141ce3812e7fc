#!/usr/bin/env python3
"""The same evidence as each collector would have left it.

usage: run.py SAMPLE.tar.gz BINARY [LAYOUT...] [--keep FOLDER]

Every arrangement must give the verdict, the causes and the reachability of
the first, every file must be understood, and what a node printed must be
that node's. Of a collector that asks for less, collectors.py says what may be
missing; then the report must ask for it. Exit status 1 if anything differs.
"""
import collections
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import collectors

FIRST = "plain"
TARS = {".tar.xz": "w:xz", ".tar.gz": "w:gz"}


def ending_of(part):
    return next((end for end in (*TARS, ".zip") if part.endswith(end)), None)


def pack_tar(files, mode):
    whole = io.BytesIO()
    options = {"preset": 0} if mode == "w:xz" else {"compresslevel": 1}
    with tarfile.open(fileobj=whole, mode=mode, **options) as tar:
        for path, data in sorted(files.items()):
            member = tarfile.TarInfo("./" + path)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return whole.getvalue()


def pack_zip(files):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(path), data)
    return whole.getvalue()


def pack(files):
    """Turns components that end as archives do into archives."""
    loose, packed = {}, collections.defaultdict(dict)
    for path, data in files.items():
        parts = path.split("/")
        at = next((i for i, part in enumerate(parts[:-1])
                   if ending_of(part)), None)
        if at is None:
            loose[path] = data
        else:
            packed["/".join(parts[:at + 1])]["/".join(parts[at + 1:])] = data
    for path, inside in packed.items():
        end = ending_of(path)
        inside = pack(inside)
        loose[path] = pack_zip(inside) if end == ".zip" else \
            pack_tar(inside, TARS[end])
    return loose


def write(files, folder):
    for path, data in sorted(files.items()):
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as target:
            target.write(data)


def analyze(binary, folder):
    run = subprocess.run([binary, "analyze", "--quiet", "--format", "json",
                          folder], capture_output=True, timeout=900)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode(errors="replace")[-300:])
    return json.loads(run.stdout)


def conclusions(report):
    verdict = report["verdict"]
    rows = collections.Counter()
    for row in report["reachability"]:
        key = "/".join(str(row[name]) for name in (
            "leg", "client_node", "client", "server_node", "path", "via",
            "transport"))
        for name in ("asked", "answered", "failed"):
            rows[key + " " + name] += row[name] or 0
    return dict(rows, status=verdict["status"],
                causes=",".join(sorted(verdict["causes"])),
                confidence=verdict["confidence"],
                fixed=bool(verdict["window"]["fixed_at"]))


def misplaced(report, arranged):
    """What is said of each file, against who printed it."""
    said = {row["path"]: row for row in report["evidence"]}
    for path, (_, node) in sorted(arranged.items()):
        row = next((said[key] for key in said if key == path or
                    key.endswith("/" + path)), None)
        if row is None:
            yield "%s: not in the report" % path
        elif row["status"] == "not understood":
            yield "%s: not understood" % path
        elif node is not None and row["node"] != node:
            yield "%s: %s: of %s, not %s" % (path, row["kind"], row["node"],
                                             node)


def differences(expected, found):
    for key in sorted(set(expected) | set(found)):
        if expected.get(key) != found.get(key):
            yield "%s: %s, expected %s" % (key, found.get(key),
                                           expected.get(key))


def try_layout(binary, files, name, keep):
    arranged = collectors.arrange(files, name)
    with tempfile.TemporaryDirectory() as folder:
        if keep:
            folder = os.path.join(keep, name)
        write(pack({path: data for path, (data, _) in arranged.items()}),
              folder)
        report = analyze(binary, folder)
    faults = list(misplaced(report, arranged))
    asked = any(collectors.ASKS_FOR in gap["what"] for gap in report["gaps"])
    if asked != ("confidence" in collectors.EXPECTED.get(name, {})):
        faults.append("the report %s for the %s" % (
            "asks" if asked else "does not ask", collectors.ASKS_FOR))
    return conclusions(report), faults


def main(arguments):
    keep = None
    if "--keep" in arguments:
        at = arguments.index("--keep")
        keep = arguments[at + 1]
        del arguments[at:at + 2]
    sample, binary, *names = arguments
    with tarfile.open(sample) as tar:
        files = {member.name: tar.extractfile(member).read()
                 for member in tar if member.isfile()}
    first = None
    wrong = 0
    names = names or list(collectors.LAYOUTS)
    if FIRST not in names[:1]:
        names.insert(0, FIRST)
    for name in names:
        found, faults = try_layout(binary, files, name, keep)
        first = first or found
        faults += differences(
            dict(first, **collectors.EXPECTED.get(name, {})), found)
        print("%-20s %s %s, %d wrong" % (name, found["status"],
                                         found["causes"], len(faults)))
        for fault in faults[:12]:
            print("    " + fault)
        wrong += len(faults)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
