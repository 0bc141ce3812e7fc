"""Other folders, other file names, another order: the same evidence."""
import os
import re

from bundle import Owners


def flat(bundle):
    """Everything in one folder."""
    return bundle.move(lambda path: path.replace("/", "__"))


def other_folders(bundle):
    """Folders that other collectors would make, and no word of phases."""
    words = {
        "pcap": "tcpdump", "snapshots": "host-info", "logs": "podlogs",
        "kubectl": "cluster", "commands": "tests", "before": "a",
        "during": "b", "after": "c", "0-before": "t0", "1-start": "t1",
        "2-end": "t2", "3-after": "t3",
    }
    return bundle.move(lambda path: "/".join(
        words.get(part, part) for part in path.split("/")))


def backwards(bundle):
    """The same folders in the opposite order."""
    folders = sorted({os.path.dirname(path) for path in bundle.files})
    order = {folder: len(folders) - i for i, folder in enumerate(folders)}
    return bundle.move(lambda path: "%05d/%s" %
                       (order[os.path.dirname(path)], path))


def scattered(bundle):
    """Each file in a folder of its own: no date beside the snapshots."""
    count = len(bundle.files)
    order = {path: count - i for i, path in enumerate(sorted(bundle.files))}
    return bundle.move(lambda path: "%05d/%s" % (order[path], path))


def by_node(bundle):
    """A folder for each node, as collectors make that run on nodes."""
    owners = Owners(bundle)

    def place(path):
        node = owners.node_of(path)
        if node is None or path.startswith("logs/"):
            return path
        rest = re.sub(r"(^|(?<=/))" + re.escape(node) + "[_/]", r"\1", path)
        return node + "/" + rest

    return bundle.move(place)


def node_last(bundle):
    """eth0@node1.pcap instead of node1_eth0.pcap."""
    def place(path):
        folder, name = os.path.split(path)
        stem, ending = os.path.splitext(name)
        parts = stem.split("_", 1)
        if len(parts) == 1 or not path.startswith("pcap/"):
            return path
        return os.path.join(folder, parts[1] + "@" + parts[0] + ending)

    return bundle.move(place)


COSMETIC = {
    "flat": flat,
    "other-folders": other_folders,
    "backwards": backwards,
    "by-node": by_node,
    "node-last": node_last,
}
LOSSY = {"scattered": scattered}
