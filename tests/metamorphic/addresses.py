"""All addresses renumbered, in texts and in captures."""
import re

import bundle as bundles
import capture_file
import frame_addresses
import texts

# conntrack writes its summary, and a line end, into the middle of a line.
SUMMARY = r"conntrack v[^\n]*\n"
BROKEN = re.compile(r"(?<![\d.])((?:\d{1,3}\.){1,3})(" + SUMMARY +
                    r")((?:\d{1,3}\.){0,2}\d{1,3})(?![\d.])")
ADDRESS = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})"
                     r"(?![\d]|\.\d)")


def new_address(old):
    """Bits of the network only, so that prefixes stay prefixes."""
    a, b, c, d = old
    if a == 10:
        return bytes((10, b ^ 0x5F, c, d))
    if (a, b) == (192, 168):
        return bytes((172, 29, c ^ 0x5A, d))
    if (a, b, c) == (169, 254, 25):
        return bytes((169, 254, 20, d))
    if (a, b, c) == (203, 0, 113):
        return bytes((198, 51, 100, d))
    return old


def _new_text(match):
    octets = [int(part) for part in match.groups()]
    if max(octets) > 255:
        return match.group(0)
    return "%d.%d.%d.%d" % tuple(new_address(bytes(octets)))


def _new_broken(match):
    """The address is broken at the same dot as before."""
    before, summary, after = match.groups()
    if not ADDRESS.fullmatch(before + after):
        return match.group(0)
    parts = ADDRESS.sub(_new_text, before + after).split(".")
    dots = before.count(".")
    return ".".join(parts[:dots]) + "." + summary + ".".join(parts[dots:])


def _renumber_text(text):
    return ADDRESS.sub(_new_text, BROKEN.sub(_new_broken, text))


def _renumber_capture(data):
    capture = capture_file.read(data)
    for packet in capture.packets:
        packet.data = frame_addresses.renumber(
            packet.data, capture.interfaces[packet.interface].link,
            frame_addresses.Numbers(address=new_address))
    return capture_file.write(capture)


def renumber(bundle):
    files = {}
    for path, data in bundle.files.items():
        if bundles.is_capture(data):
            files[path] = _renumber_capture(data)
        else:
            files[ADDRESS.sub(_new_text, path)] = texts.change(
                data, _renumber_text)
    return bundle.with_files(files)


COSMETIC = {"renumber": renumber}
LOSSY = {}
