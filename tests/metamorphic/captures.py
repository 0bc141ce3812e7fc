"""Captures in other files and forms."""
import gzip
import os

import bundle as bundles
import capture_file
from capture_file import Capture, Interface, Packet


def _each(bundle, change):
    """change: (path, data) -> {path: data} for every capture"""
    files = {}
    for path, data in bundle.files.items():
        files.update(change(path, data) if bundles.is_capture(data)
                     else {path: data})
    return bundle.with_files(files)


def _with_stem(path, end):
    stem, ending = os.path.splitext(path)
    return stem + end + ending


def _as_pcapng(data):
    capture = capture_file.read(data)
    capture.is_pcapng = True
    return capture_file.write(capture)


def duplicate(bundle):
    return _each(bundle, lambda path, data: {
        path: data, _with_stem(path, "_copy"): data})


def duplicate_converted(bundle):
    """The copy has other bytes: the same packets as pcapng."""
    return _each(bundle, lambda path, data: {
        path: data, os.path.splitext(path)[0] + ".copy.pcapng":
        _as_pcapng(data)})


def convert(bundle):
    return _each(bundle, lambda path, data: {
        os.path.splitext(path)[0] + ".pcapng": _as_pcapng(data)})


def compress(bundle):
    return _each(bundle, lambda path, data: {
        path + ".gz": gzip.compress(data, 1, mtime=0)})


def split(bundle):
    """Two halves, as `tcpdump -C` names them."""
    def halves(path, data):
        capture = capture_file.read(data)
        middle = len(capture.packets) // 2
        parts = capture.packets[:middle], capture.packets[middle:]
        return {_with_stem(path, "_%05d" % i): capture_file.write(
                    Capture(capture.interfaces, part, capture.is_pcapng))
                for i, part in enumerate(parts)}

    return _each(bundle, halves)


def cut(bundle):
    """As with `tcpdump -s 96`."""
    def shorten(path, data):
        capture = capture_file.read(data)
        for interface in capture.interfaces:
            interface.snaplen = min(interface.snaplen or 96, 96)
        for packet in capture.packets:
            packet.data = packet.data[:96]
        return {path: capture_file.write(capture)}

    return _each(bundle, shorten)


def _interface_of(path, node):
    """node1_eth0.pcap -> eth0"""
    stem = os.path.splitext(os.path.basename(path))[0]
    return stem[len(node) + 1:] if stem.startswith(node + "_") else stem


def _merge_captures(parts, is_named):
    """parts: [(interface name, Capture)]"""
    interfaces, packets = [], []
    for name, capture in parts:
        first = len(interfaces)
        for interface in capture.interfaces:
            interfaces.append(Interface(
                interface.link, interface.snaplen,
                interface.name or (name if is_named else None)))
        packets += [Packet(packet.time_ns, packet.wire_bytes, packet.data,
                           packet.interface + first, packet.options)
                    for packet in capture.packets]
    packets.sort(key=lambda packet: packet.time_ns)
    return Capture(interfaces, packets, True)


def _merge(bundle, is_named):
    """The captures of a node, of one folder, in one file."""
    owners = bundles.Owners(bundle)
    groups, files = {}, {}
    for path, data in sorted(bundle.files.items()):
        node = owners.node_of(path)
        if bundles.is_capture(data) and node and not owners.pod_of(path):
            groups.setdefault((os.path.dirname(path), node), []).append(
                (_interface_of(path, node), capture_file.read(data)))
        else:
            files[path] = data
    for (folder, node), parts in groups.items():
        files["%s/%s.pcapng" % (folder, node)] = capture_file.write(
            _merge_captures(parts, is_named))
    return bundle.with_files(files)


def merge(bundle):
    return _merge(bundle, True)


def merge_unnamed(bundle):
    """As mergecap does: no interface has a name."""
    return _merge(bundle, False)


COSMETIC = {
    "duplicate": duplicate,
    "duplicate-converted": duplicate_converted,
    "convert": convert,
    "gzip": compress,
    "split": split,
    "merge": merge,
}
LOSSY = {
    "merge-unnamed": merge_unnamed,
    "snaplen-96": cut,
}
