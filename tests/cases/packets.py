"""Builds frames and small captures for the golden cases: see captures.py.

A capture is a list of (seconds, frame); it is written as classic pcap with
microseconds, linktype Ethernet. All checksums are right unless a case spoils
them. Nothing here is random: the same call gives the same bytes.
"""
import os
import socket
import struct

UDP, TCP, ICMP, IPIP = 17, 6, 1, 4
SYN, ACK, RST, PSH, FIN = 2, 16, 4, 8, 1


def mac(number):
    return bytes([0x02, 0, 0, 0, number >> 8, number & 255])


def fold(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total


def ethernet(payload, source=1, destination=2):
    return mac(destination) + mac(source) + b"\x08\x00" + payload


def ip(protocol, source, destination, payload, ttl=64):
    header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0,
                         0x4000, ttl, protocol, 0, socket.inet_aton(source),
                         socket.inet_aton(destination))
    checksum = 0xffff - fold(header)
    return header[:10] + struct.pack("!H", checksum) + header[12:] + payload


def with_checksum(protocol, source, destination, segment, offset):
    pseudo = (socket.inet_aton(source) + socket.inet_aton(destination) +
              struct.pack("!BBH", 0, protocol, len(segment)))
    checksum = 0xffff - fold(pseudo + segment) or 0xffff
    return segment[:offset] + struct.pack("!H", checksum) + segment[offset + 2:]


def udp(source, source_port, destination, destination_port, payload, ttl=64):
    segment = struct.pack("!HHHH", source_port, destination_port,
                          8 + len(payload), 0) + payload
    return ip(UDP, source, destination,
              with_checksum(UDP, source, destination, segment, 6), ttl)


def tcp(source, source_port, destination, destination_port, flags,
        sequence=0, acknowledged=0, payload=b"", is_unfinished=False):
    segment = struct.pack("!HHIIBBHHH", source_port, destination_port,
                          sequence, acknowledged, 5 << 4, flags, 64240, 0,
                          0) + payload
    if is_unfinished:  # the sum of the pseudo-header, left to the card
        pseudo = fold(socket.inet_aton(source) +
                      socket.inet_aton(destination) +
                      struct.pack("!HH", TCP, len(segment)))
        return ip(TCP, source, destination, segment[:16] +
                  struct.pack("!H", pseudo) + segment[18:])
    return ip(TCP, source, destination,
              with_checksum(TCP, source, destination, segment, 16))


def icmp_error(source, destination, kind, code, quoted):
    message = struct.pack("!BBHI", kind, code, 0, 0) + quoted[:28]
    checksum = 0xffff - fold(message)
    message = message[:2] + struct.pack("!H", checksum) + message[4:]
    return ip(ICMP, source, destination, message)


def vxlan(source, destination, inner, vni=1, port=8472, source_port=None):
    """An IP packet in VXLAN; the source port hashes the addresses inside."""
    if source_port is None:
        source_port = 32768 + fold(inner[12:24]) % 28000
    header = struct.pack("!II", 0x08000000, vni << 8)
    payload = header + ethernet(inner, 17, 18)
    segment = struct.pack("!HHHH", source_port, port, 8 + len(payload), 0)
    return ip(UDP, source, destination, segment + payload)


def ipip(source, destination, inner):
    return ip(IPIP, source, destination, inner)


def name_bytes(name):
    return b"".join(bytes([len(label)]) + label.encode()
                    for label in name.rstrip(".").split(".")) + b"\0"


TYPES = {"A": 1, "TXT": 16, "AAAA": 28}


def question(number, name, kind="A"):
    return (struct.pack("!HHHHHH", number, 0x0100, 1, 0, 0, 1) +
            name_bytes(name) + struct.pack("!HH", TYPES[kind], 1) +
            b"\0" + struct.pack("!HHIH", 41, 4096, 0, 0))


def answer(number, name, kind="A", rcode=0, bulk=0):
    """bulk: bytes of TXT data instead of one address."""
    records = b""
    count = 0
    if rcode == 0 and bulk == 0:
        records = b"\xc0\x0c" + struct.pack("!HHIH4s", TYPES[kind], 1, 30, 4,
                                            socket.inet_aton("10.96.7.7"))
        count = 1
    while rcode == 0 and bulk > 0:
        text = bytes([min(bulk, 200)]) + b"x" * min(bulk, 200)
        records += b"\xc0\x0c" + struct.pack("!HHIH", 16, 1, 30,
                                             len(text)) + text
        count += 1
        bulk -= 200
    return (struct.pack("!HHHHHH", number, 0x8580 | rcode, 1, count, 0, 0) +
            name_bytes(name) + struct.pack("!HH", TYPES[kind], 1) + records)


def arp(number):
    """Somebody asks for an address: what every network has."""
    return (b"\xff" * 6 + mac(number) + b"\x08\x06" +
            struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + mac(number) +
            socket.inet_aton("10.0.0.%d" % number) + bytes(6) +
            socket.inet_aton("10.0.0.1"))


class Capture:
    is_filtered = False

    def __init__(self, clock=0.0, is_uplink=False):
        self.clock = clock  # seconds that this machine's clock is ahead
        self.is_uplink = is_uplink
        self.frames = []

    def add(self, at, frame):
        self.frames.append((at + self.clock, frame))

    def mac_number(self, address):
        """On an uplink a pod's packets have its node's MAC address, and the
        world's have the router's."""
        parts = [int(part) for part in address.split(".")]
        if self.is_uplink and parts[0] == 10:
            return 10 + parts[2] if parts[1] == 244 else parts[3]
        return 1 if self.is_uplink else parts[2] * 256 + parts[3]

    def write(self, path):
        """The capture runs on for a while after the last question."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not self.is_filtered:
            last = max(at for at, _ in self.frames)
            self.frames.append((last + 20, arp(77)))
        with open(path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144,
                                  1))
            for at, frame in sorted(self.frames, key=lambda pair: pair[0]):
                micros = round(at * 1e6)
                out.write(struct.pack("<IIII", micros // 1000000,
                                      micros % 1000000, len(frame),
                                      len(frame)) + frame)


class QuestionsOnly(Capture):
    """tcpdump dst port 53: no answer, no ARP, nothing else."""
    is_filtered = True

    def add(self, at, frame):
        if frame[36:38] == b"\0\x35":
            super().add(at, frame)


class Stop:
    """A place on the way: its capture, what is around the packet there, and
    which addresses NAT has changed there."""

    def __init__(self, capture, wrap=None, renamed=None):
        self.capture = capture
        self.wrap = wrap or (lambda packet, is_answer: packet)
        self.renamed = renamed or {}

    def see(self, at, build, source, destination, is_answer):
        packet = build(self.renamed.get(source, source),
                       self.renamed.get(destination, destination))
        wrapped = self.wrap(packet, is_answer)
        ends = [self.capture.mac_number(socket.inet_ntoa(wrapped[i:i + 4]))
                for i in (12, 16)]
        self.capture.add(at, ethernet(wrapped, *ends))


def tunnel(near, far, make=vxlan):
    """Wraps questions from near to far, answers the other way."""
    return lambda packet, is_answer: (make(far, near, packet) if is_answer
                                      else make(near, far, packet))


class Net:
    """Sends questions along their stops, in time."""

    def __init__(self, at):
        self.at = at
        self.number = 0

    def send(self, at, stops, build, ends, is_answer=False):
        source, destination = ends
        for index, stop in enumerate(reversed(stops) if is_answer else stops):
            stop.see(at + index * 40e-6, build, source, destination,
                     is_answer)

    def ask(self, client, server, stops, name=None, kind="A", rcode=0, bulk=0,
            query_gets=None, answer_gets=None, tries=1, lost_tries=0,
            port=None, every=0.2, wait=5.0, refused=False, think=300e-6):
        """One question over UDP. query_gets, answer_gets: how many stops it
        passes; lost_tries: so many of the tries stop at query_gets, the rest
        pass."""
        self.number += 1
        number = 0x1000 + self.number
        port = port or 33000 + self.number * 7 % 27000
        name = name or "svc%d.prod.svc.cluster.local" % (self.number % 5)
        at = self.at
        self.at += every
        for attempt in range(tries):
            is_lost = query_gets is not None and (lost_tries == 0 or
                                                  attempt < lost_tries)
            reach = stops[:query_gets] if is_lost else stops
            self.send(at + attempt * wait, reach,
                      lambda source, destination: udp(
                          source, port, destination, 53,
                          question(number, name, kind)), (client, server))
            if is_lost:
                continue
            back = at + attempt * wait + think + len(stops) * 40e-6
            if refused:
                def build(source, destination):
                    return icmp_error(source, destination, 3, 3,
                                      udp(destination, port, source, 53,
                                          question(number, name, kind)))
            else:
                def build(source, destination):
                    return udp(source, 53, destination, port,
                               answer(number, name, kind, rcode, bulk))
            passed = stops[len(stops) - answer_gets:] \
                if answer_gets is not None else stops
            self.send(back, passed, build, (server, client), True)
            if answer_gets is None:
                break
        return port

    def connect(self, client, server, stops, name=None, lost_syns=0,
                syn_gets=0, port=None, every=0.2, refused=False,
                is_unfinished=False, is_question_unfinished=False):
        """One question over TCP; lost_syns SYNs stop at syn_gets. With
        unfinished checksums are the packets of both ends, or the client's."""
        self.number += 1
        number = 0x1000 + self.number
        port = port or 33000 + self.number * 7 % 27000
        name = name or "svc%d.prod.svc.cluster.local" % (self.number % 5)
        at = self.at
        self.at += every
        isn, far_isn = 1000 * self.number + 1, 900000 + 1000 * self.number

        def go(at, reach, is_answer, *header):
            a, b = (53, port) if is_answer else (port, 53)
            ends = (server, client) if is_answer else (client, server)
            self.send(at, reach, lambda source, destination: tcp(
                source, a, destination, b, *header,
                is_unfinished=is_unfinished or (is_question_unfinished and
                                                not is_answer)),
                      ends, is_answer)

        for attempt in range(lost_syns):
            go(at, stops[:syn_gets], False, SYN, isn)
            at += 1.024 * 2 ** attempt
        if lost_syns and lost_syns >= 4:
            return port
        go(at, stops, False, SYN, isn)
        if refused:
            go(at + 400e-6, stops, True, RST | ACK, 0, isn + 1)
            return port
        asked = question(number, name)
        told = answer(number, name)
        asked = struct.pack("!H", len(asked)) + asked
        told = struct.pack("!H", len(told)) + told
        go(at + 400e-6, stops, True, SYN | ACK, far_isn, isn + 1)
        go(at + 800e-6, stops, False, ACK, isn + 1, far_isn + 1)
        go(at + 900e-6, stops, False, PSH | ACK, isn + 1, far_isn + 1, asked)
        go(at + 1400e-6, stops, True, PSH | ACK, far_isn + 1,
           isn + 1 + len(asked), told)
        go(at + 1800e-6, stops, False, FIN | ACK, isn + 1 + len(asked),
           far_isn + 1 + len(told))
        go(at + 2200e-6, stops, True, FIN | ACK, far_isn + 1 + len(told),
           isn + 2 + len(asked))
        go(at + 2600e-6, stops, False, ACK, isn + 2 + len(asked),
           far_isn + 2 + len(told))
        return port
