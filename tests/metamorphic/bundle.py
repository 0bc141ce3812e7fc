"""A support bundle in memory: path -> bytes, and who its names belong to."""
import os
import re


class Bundle:
    """files: path -> bytes. renamed: old name -> new name, for reading the
    report of a bundle whose names were changed. only_node: the one node of
    which anything is left."""

    def __init__(self, files, renamed=None, only_node=None):
        self.files = dict(files)
        self.renamed = dict(renamed or {})
        self.only_node = only_node

    def with_files(self, files):
        return Bundle(files, self.renamed, self.only_node)

    def keep(self, wanted):
        return self.with_files(
            {path: data for path, data in self.files.items() if wanted(path)})

    def move(self, new_path):
        """Every file under another path; two on one path is our mistake."""
        files = {new_path(path): data for path, data in self.files.items()}
        assert len(files) == len(self.files), "two files under one path"
        return self.with_files(files)


def load(folder):
    files = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as source:
                files[os.path.relpath(path, folder)] = source.read()
    return Bundle(files)


def save(bundle, folder):
    """Writes the files; returns what to analyze: the folder, or the one
    archive that is all of it."""
    for path, data in sorted(bundle.files.items()):
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as target:
            target.write(data)
    if len(bundle.files) == 1 and path.startswith("bundle."):
        return full
    return folder


def is_capture(data):
    return data[:4] in (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4",
                        b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d",
                        b"\x0a\x0d\x0d\x0a")


def _table(bundle, name):
    """Rows of a `kubectl get` table as dicts, [] where it is missing."""
    for path, data in bundle.files.items():
        if os.path.basename(path) == name:
            lines = data.decode().splitlines()
            head = re.split(r" {2,}", lines[0].strip())
            return [dict(zip(head, re.split(r" {2,}", line.strip())))
                    for line in lines[1:]]
    return []


def nodes(bundle):
    return [row["NAME"] for row in _table(bundle, "get-nodes-o-wide.txt")]


def pods(bundle):
    """name -> node"""
    return {row["NAME"]: row["NODE"]
            for row in _table(bundle, "get-pods-A-o-wide.txt")}


def dns_pods(bundle):
    """addresses"""
    return [row["IP"] for row in _table(bundle, "get-pods-A-o-wide.txt")
            if row["NAME"].startswith("coredns")]


def holds(text, name):
    """Whether the name stands in the text as a word of its own."""
    return re.search(r"(?<![A-Za-z0-9])" + re.escape(name) +
                     r"(?![A-Za-z0-9])", text) is not None


class Owners:
    """Which node a file is of, by the names in its path."""

    def __init__(self, bundle):
        self.nodes = nodes(bundle)
        self.pods = pods(bundle)

    def node_of(self, path):
        for node in self.nodes:
            if holds(path, node):
                return node
        for pod, node in self.pods.items():
            if holds(path, pod):
                return node
        return None

    def pod_of(self, path):
        return next((pod for pod in self.pods if holds(path, pod)), None)
