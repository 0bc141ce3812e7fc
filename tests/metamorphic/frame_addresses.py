"""Renumbers the IPv4 addresses and the ports of a frame at every depth.

Checksums keep their state: what was right stays right, what was wrong stays
wrong by the same amount, what was left to the network card (the sum of the
pseudo-header alone) or computed around such an inner packet (local checksum
offload, LCO) stays so. Sums are taken modulo 65535, in which the complement
is the negative: a right checksum makes a sum of 0.
"""
import struct

VXLAN_PORTS = (4789, 8472)
TCP, UDP, ICMP = 6, 17, 1
FIELD = {TCP: 16, UDP: 6, ICMP: 2}
ICMP_ERRORS = (3, 4, 5, 11, 12)
LINK_ETHERNET, LINK_RAW, LINK_SLL, LINK_SLL2 = 1, 101, 113, 276


def total(data):
    value = int.from_bytes(data, "big")
    return (value << 8 if len(data) % 2 else value) % 65535


def u16(buffer, at):
    return buffer[at] << 8 | buffer[at + 1]


def same(value, *_):
    return value


class Numbers:
    """address: 4 bytes -> 4 bytes. port: port, address it belongs to,
    protocol -> port"""

    def __init__(self, address=same, port=same):
        self.address = address
        self.port = port


def renumber(data, link, numbers):
    buffer = bytearray(data)
    at = {LINK_ETHERNET: 12, LINK_SLL: 14, LINK_SLL2: 0}.get(link)
    if link == LINK_RAW:
        _ip(buffer, 0, len(buffer), numbers)
    elif link == LINK_SLL2:
        _ether_type(buffer, at, 20, len(buffer), numbers)
    elif at is not None:
        _ether_type(buffer, at, at + 2, len(buffer), numbers)
    return bytes(buffer)


def _ether_type(buffer, type_at, at, end, numbers):
    if type_at + 2 > end:
        return None
    kind = u16(buffer, type_at)
    while kind in (0x8100, 0x88A8) and at + 4 <= end:
        kind = u16(buffer, at + 2)
        at += 4
    if kind == 0x0800:
        return _ip(buffer, at, end, numbers)
    if kind == 0x0806 and at + 28 <= end:
        for place in (at + 14, at + 24):
            buffer[place:place + 4] = numbers.address(
                bytes(buffer[place:place + 4]))
    return None


def _ip(buffer, at, end, numbers):
    """Returns (start of the segment, its checksum before) if its checksum is
    left to the card, else None."""
    if at + 20 > end or buffer[at] >> 4 != 4:
        return None
    header_bytes = (buffer[at] & 15) * 4
    ip_bytes = u16(buffer, at + 2) or end - at
    protocol = buffer[at + 9]
    segment = at + header_bytes
    if segment > end:
        return None
    before = total(buffer[at:segment])
    pseudo = total(buffer[at + 12:at + 20]) + protocol
    ends = [bytes(buffer[at + 12:at + 16]), bytes(buffer[at + 16:at + 20])]
    buffer[at + 12:at + 16] = numbers.address(bytes(buffer[at + 12:at + 16]))
    buffer[at + 16:at + 20] = numbers.address(bytes(buffer[at + 16:at + 20]))
    if u16(buffer, at + 10) != 0:
        _settle(buffer, at + 10, before - total(buffer[at:segment]))
    if u16(buffer, at + 6) & 0x1FFF or protocol not in FIELD:
        return None
    length = ip_bytes - header_bytes
    return _segment(buffer, segment, min(end, at + ip_bytes), {
        "protocol": protocol,
        "ends": ends,
        "is_whole": at + ip_bytes <= end,
        "before": 0 if protocol == ICMP else pseudo + length,
        "after": 0 if protocol == ICMP else
        total(buffer[at + 12:at + 20]) + protocol + length,
    }, numbers)


def _settle(buffer, at, missing, zero=0):
    """Adds to a checksum what its sum lacks."""
    value = (u16(buffer, at) + missing) % 65535
    struct.pack_into(">H", buffer, at, value or zero)


def _renumber_ports(buffer, at, pseudo, numbers):
    if pseudo["protocol"] == ICMP:
        return
    for place, address in zip((at, at + 2), pseudo["ends"]):
        struct.pack_into(">H", buffer, place, numbers.port(
            u16(buffer, place), address, pseudo["protocol"]))


def _inside(buffer, at, end, old, protocol, numbers):
    if protocol == UDP and end - at > 16 and u16(old, 2) in VXLAN_PORTS:
        return _ether_type(buffer, at + 28, at + 30, end, numbers)
    if protocol == ICMP and end > at and buffer[at] in ICMP_ERRORS:
        _ip(buffer, at + 8, end, numbers)
    return None


def _segment(buffer, at, end, pseudo, numbers):
    field = at + FIELD[pseudo["protocol"]]
    if field + 2 > end:
        return None
    stored = u16(buffer, field)
    old = bytes(buffer[at:end])
    _renumber_ports(buffer, at, pseudo, numbers)
    inner = _inside(buffer, at, end, old, pseudo["protocol"], numbers)
    zero = 0xFFFF if pseudo["protocol"] == UDP else 0
    if pseudo["protocol"] == UDP and stored == 0:
        return None
    if pseudo["protocol"] != ICMP and stored == (pseudo["before"] % 65535
                                                 or 0xFFFF):
        _settle(buffer, field, pseudo["after"] - pseudo["before"], 0xFFFF)
        return at, stored
    old_sum = pseudo["before"] + total(old)
    new_sum = pseudo["after"] + total(buffer[at:end])
    is_bad = old_sum % 65535 != 0
    if inner and (not pseudo["is_whole"] or is_bad):
        start, inner_stored = inner
        new_stored = _stored_of(buffer, start)
        old_lco = old_sum - total(old[start - at:]) - inner_stored
        if old_lco % 65535 == 0 or stored != 0xFFFF or \
                not pseudo["is_whole"]:
            old_sum = old_lco
            new_sum -= total(buffer[start:end]) + new_stored
    elif is_bad and stored == 0xFFFF:
        return None  # a disabled checksum that somebody "updated"
    _settle(buffer, field, old_sum - new_sum, zero)
    return None


def _stored_of(buffer, segment):
    """The checksum of a TCP or UDP segment whose IPv4 header, without
    options, stands before it."""
    return u16(buffer, segment + FIELD[buffer[segment - 20 + 9]])
