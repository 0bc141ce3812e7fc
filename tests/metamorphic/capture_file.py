"""Reads and writes pcap and pcapng."""
import struct

PCAP = {
    b"\xd4\xc3\xb2\xa1": ("<", 1000),
    b"\xa1\xb2\xc3\xd4": (">", 1000),
    b"\x4d\x3c\xb2\xa1": ("<", 1),
    b"\xa1\xb2\x3c\x4d": (">", 1),
}
SECTION, INTERFACE, ENHANCED = 0x0A0D0D0A, 1, 6
IF_NAME, IF_TSRESOL = 2, 9
NS = 1_000_000_000


class Interface:
    def __init__(self, link, snaplen, name=None):
        self.link = link
        self.snaplen = snaplen
        self.name = name


class Packet:
    def __init__(self, time_ns, wire_bytes, data, interface=0, options=b""):
        self.time_ns = time_ns
        self.wire_bytes = wire_bytes
        self.data = data
        self.interface = interface
        self.options = options  # of a pcapng packet: direction, comments


class Capture:
    def __init__(self, interfaces, packets, is_pcapng):
        self.interfaces = interfaces
        self.packets = packets
        self.is_pcapng = is_pcapng


def read(data):
    return _read_pcapng(data) if data[:4] == b"\x0a\x0d\x0d\x0a" \
        else _read_pcap(data)


def _read_pcap(data):
    order, unit_ns = PCAP[data[:4]]
    snaplen, link = struct.unpack(order + "II", data[16:24])
    packets = []
    at = 24
    while at + 16 <= len(data):
        sec, sub, captured, wire = struct.unpack(order + "IIII",
                                                 data[at:at + 16])
        packets.append(Packet(sec * NS + sub * unit_ns, wire,
                              data[at + 16:at + 16 + captured]))
        at += 16 + captured
    return Capture([Interface(link, snaplen)], packets, False)


def _options(data, order):
    found = {}
    at = 0
    while at + 4 <= len(data):
        code, length = struct.unpack(order + "HH", data[at:at + 4])
        if code == 0:
            break
        found[code] = data[at + 4:at + 4 + length]
        at += 4 + (length + 3) // 4 * 4
    return found


def _read_interface(body, order):
    link, _, snaplen = struct.unpack(order + "HHI", body[:8])
    options = _options(body[8:], order)
    name = options.get(IF_NAME)
    interface = Interface(link, snaplen, name.decode() if name else None)
    resolution = options.get(IF_TSRESOL, b"\x06")[0]
    assert not resolution & 0x80, "time in powers of two"
    interface.unit_ns = NS // 10 ** resolution
    return interface


def _read_pcapng(data):
    interfaces, packets = [], []
    order, at = "<", 0
    while at + 12 <= len(data):
        if data[at:at + 4] == b"\x0a\x0d\x0d\x0a":
            order = "<" if data[at + 8:at + 12] == b"\x4d\x3c\x2b\x1a" else ">"
        kind, length = struct.unpack(order + "II", data[at:at + 8])
        body = data[at + 8:at + length - 4]
        if kind == INTERFACE:
            interfaces.append(_read_interface(body, order))
        elif kind == ENHANCED:
            number, high, low, captured, wire = struct.unpack(
                order + "IIIII", body[:20])
            packets.append(Packet(
                (high << 32 | low) * interfaces[number].unit_ns, wire,
                body[20:20 + captured], number,
                body[20 + (captured + 3) // 4 * 4:]))
        at += length
    return Capture(interfaces, packets, True)


def write(capture):
    return write_pcapng(capture) if capture.is_pcapng else write_pcap(capture)


def write_pcap(capture):
    """One interface only; microseconds where they suffice."""
    fine = any(packet.time_ns % 1000 for packet in capture.packets)
    interface = capture.interfaces[0]
    out = [struct.pack("<IHHiIII", 0xA1B23C4D if fine else 0xA1B2C3D4, 2, 4,
                       0, 0, interface.snaplen, interface.link)]
    for packet in capture.packets:
        out.append(struct.pack("<IIII", packet.time_ns // NS,
                               packet.time_ns % NS // (1 if fine else 1000),
                               len(packet.data), packet.wire_bytes))
        out.append(packet.data)
    return b"".join(out)


def _block(kind, body):
    body += b"\0" * (-len(body) % 4)
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def _option(code, value):
    return struct.pack("<HH", code, len(value)) + value + \
        b"\0" * (-len(value) % 4)


def write_pcapng(capture):
    out = [_block(SECTION, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))]
    for interface in capture.interfaces:
        name = interface.name
        out.append(_block(INTERFACE, struct.pack(
            "<HHI", interface.link, 0, interface.snaplen) +
            (_option(IF_NAME, name.encode()) if name else b"") +
            _option(IF_TSRESOL, b"\x09") + _option(0, b"")))
    for packet in capture.packets:
        data = packet.data + b"\0" * (-len(packet.data) % 4)
        out.append(_block(ENHANCED, struct.pack(
            "<IIIII", packet.interface, packet.time_ns >> 32,
            packet.time_ns & 0xFFFFFFFF, len(packet.data),
            packet.wire_bytes) + data + packet.options))
    return b"".join(out)
