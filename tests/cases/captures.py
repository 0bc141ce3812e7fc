"""Makes the captures of the golden cases that have some made by hand.

usage: captures.py [CASE...]   (writes CASE/bundle/pcap/*.pcap beside itself)

A cluster of three nodes, as its kubectl files in each case have it: n1 to n3
at 10.0.0.11 to 13, DNS pods on n2 (and n3), clients on each. A capture stands
at the uplinks (eth0) and at the veth of the DNS pod of n2.
"""
import os
import sys

import packets
from packets import Capture, Net, QuestionsOnly, Stop, ipip, tunnel, vxlan

N1, N2, N3 = "10.0.0.11", "10.0.0.12", "10.0.0.13"
SHELL, WEB = "10.244.1.7", "10.244.2.9"          # on n1, on n2
DNS1, DNS2, DNS3 = "10.244.1.6", "10.244.2.4", "10.244.3.5"  # on n1, n2, n3
SERVICE, CACHE = "10.96.0.10", "169.254.20.10"
UPSTREAM = "192.0.2.53"
HOST1 = "10.244.1.0"                             # flannel.1 of n1
START = 1678788000.0                             # 2023-03-14 10:00:00 UTC
CASES = {}


def case(function):
    CASES[function.__name__.replace("_", "-")] = function
    return function


class Places:
    """The captures of one case and the ways between them."""

    def __init__(self, make=vxlan, n1_clock=0.0):
        self.n1 = Capture(n1_clock, is_uplink=True)
        self.n2 = Capture(is_uplink=True)
        self.dns = Capture()
        self.wrap = tunnel(N1, N2, make) if make else None
        self.net = Net(START)

    def across(self):
        """From a pod of n1 to the DNS pod of n2."""
        return [Stop(self.n1, self.wrap), Stop(self.n2, self.wrap),
                Stop(self.dns)]

    def inside(self):
        """From a pod of n2 to the DNS pod of n2."""
        return [Stop(self.dns)]

    def ask_across(self, count, **how):
        for _ in range(count):
            self.net.ask(SHELL, DNS2, self.across(), **how)

    def ask_inside(self, count, **how):
        for _ in range(count):
            self.net.ask(WEB, DNS2, self.inside(), **how)

    def files(self):
        return {"n1_eth0": self.n1, "n2_eth0": self.n2,
                "n2_veth5d1c": self.dns}


def blocked(make):
    """Nothing crosses; each uplink has what its own node sends."""
    here = Places(make)
    here.ask_inside(12)
    for _ in range(12):
        here.net.ask(SHELL, DNS2, here.across(), query_gets=1, tries=2,
                     every=0.5)
    far = tunnel(N2, N1, make)
    for _ in range(8):                           # a pod of n2 asks n1's way
        here.net.ask(WEB, SHELL, [Stop(here.n2, far)], query_gets=1)
    return here.files()


@case
def overlay_port_blocked():
    return blocked(vxlan)


@case
def second_fault_possible():
    return blocked(vxlan)


@case
def overlay_protocol_blocked():
    return blocked(ipip)


@case
def mtu_blackhole():
    here = Places()
    here.ask_inside(12)
    here.ask_across(12)
    for size in (300, 600, 900):
        here.ask_across(2, kind="TXT", bulk=size)
    here.ask_inside(3, kind="TXT", bulk=1300)
    for size in (1300, 1320, 1340, 1360):
        here.ask_across(2, kind="TXT", bulk=size, answer_gets=2, tries=2)
    return here.files()


@case
def fixed_inside():
    here = Places()
    here.ask_inside(6)
    here.ask_across(10)
    for size in (1300, 1320, 1340, 1360):
        here.ask_across(2, kind="TXT", bulk=size, answer_gets=2, tries=2)
    here.net.at = START + 120                    # the MTU is changed at 60 s
    for size in (0, 600, 1300, 1320, 1340, 1360):
        here.ask_across(3, kind="TXT" if size else "A", bulk=size)
        here.ask_inside(1)
    return here.files()


@case
def packet_loss():
    here = Places()
    here.ask_inside(20)
    for number in range(70):
        if number % 5 == 2:
            here.ask_across(1, query_gets=1, tries=2, lost_tries=1)
        elif number % 23 == 20:
            here.ask_across(1, query_gets=1, tries=3)
        elif number % 9 == 5:
            here.ask_across(1, kind="TXT", bulk=500)
        else:
            here.ask_across(1)
    return here.files()


@case
def endpoint_not_listening():
    here = Places()
    for number in range(12):
        here.ask_across(1, refused=True)
        here.ask_inside(1, refused=True)
        here.net.connect(SHELL, DNS2, here.across(), refused=True)
        here.net.ask(SHELL, DNS3, [Stop(here.n1, tunnel(N1, N3))])
    return here.files()


@case
def service_rules_stale():
    here = Places()
    gone = "10.244.2.3"
    before = Stop(here.n1, here.wrap)
    for number in range(12):
        here.ask_across(1)
        here.ask_inside(1)
        here.net.ask(SHELL, gone, [before, Stop(here.n2, here.wrap)],
                     query_gets=2, tries=2)
    return here.files()


@case
def bridge_netfilter_off():
    here = Places()
    client = Capture()
    asked = Stop(client, None, {DNS2: SERVICE})
    for number in range(12):
        here.ask_across(1)
        # to the service; the answer comes from the pod, over the bridge
        net = here.net
        at = net.at
        port = net.ask(WEB, DNS2, [asked, Stop(here.dns)], query_gets=2,
                       name="db.prod.svc.cluster.local")
        number = 0x1000 + net.number
        net.send(at + 500e-6, [Stop(client), Stop(here.dns)],
                 lambda source, destination: packets.udp(
                     source, 53, destination, port,
                     packets.answer(number, "db.prod.svc.cluster.local")),
                 (DNS2, WEB), True)
        net.send(at + 900e-6, [Stop(client), Stop(here.dns)],
                 lambda source, destination: packets.icmp_error(
                     source, destination, 3, 3, packets.udp(
                         DNS2, 53, WEB, port, b"")), (WEB, DNS2))
    files = here.files()
    files["n2_veth77aa"] = client
    return files


def cached(here, count, **how):
    """Questions of a pod to the cache on its node."""
    for _ in range(count):
        here.net.ask(SHELL, CACHE, [Stop(here.dns)], **how)


@case
def nodelocaldns_rules():
    here = Places()
    for number in range(15):
        cached(here, 1, query_gets=1, tries=2, every=0.3)
        here.net.connect(HOST1, DNS2, [Stop(here.n1, here.wrap)], every=0.3)
    return {"n1_eth0": here.n1, "n1_veth3c2e": here.dns}


@case
def nodelocaldns_rules_readded():
    here = Places()
    for number in range(15):
        name = "www%d.example.com" % number
        here.net.ask(N1, UPSTREAM, [Stop(here.n1)], name=name, query_gets=1,
                     tries=2, every=0.01, wait=2.0)
        cached(here, 1, rcode=2, name=name, think=4.0)
        cached(here, 1)
        here.net.connect(HOST1, DNS2, [Stop(here.n1, here.wrap)])
    return {"n1_eth0": here.n1, "n1_veth3c2e": here.dns}


@case
def ipvs_port_reuse():
    here = Places()
    client = Capture()
    way = [Stop(client, None, {DNS2: SERVICE})] + here.across()
    for number in range(8):
        port = 41000 + number
        here.net.connect(SHELL, DNS2, way, port=port, every=0.5)
    here.net.at += 20
    for number in range(8):
        port = 41000 + number
        here.net.connect(SHELL, DNS2, way, port=port, lost_syns=1,
                         syn_gets=1, every=0.5)
    for number in range(8):
        here.net.connect(SHELL, DNS2, way, every=0.5)
    files = here.files()
    files["n1_veth3c2e"] = client
    return files


def overloaded(kinds):
    """kinds: the answers' codes in turn; each fifth question is dropped."""
    here = Places()
    for number in range(132):
        ask = here.ask_inside if number % 2 else here.ask_across
        suffix = ("", ".default.svc.cluster.local", ".svc.cluster.local",
                  ".cluster.local")[number % 4]
        name = "api%d.example.com%s" % (number // 8, suffix)
        if kinds == "plain":
            name = "svc%d.prod.svc.cluster.local" % (number % 40)
        rcode = 3 if kinds == "search" and suffix else 0
        if number % 5 == 3:
            ask(1, name=name, answer_gets=0, tries=2, every=0.05)
        else:
            ask(1, name=name, rcode=rcode, every=0.05)
    return here.files()


@case
def search_path_amplification():
    return overloaded("search")


@case
def overload_of_plain_names():
    return overloaded("plain")


@case
def servfail_cached():
    here = Places()
    out = Stop(here.n2)
    for number in range(24):
        ask = here.ask_across if number % 2 else here.ask_inside
        ask(1, name="pay%d.example.com" % (number % 3), rcode=2,
            think=120e-6, every=0.15)
        if number % 3 == 0:
            ask(1, name="img%d.example.net" % number, every=0.1)
            here.net.ask(DNS2, UPSTREAM, [Stop(here.dns), out],
                         name="img%d.example.net" % number, think=4e-3)
    return here.files()


@case
def servfail_of_dead_upstream():
    here = Places()
    out = Stop(here.n2)
    for number in range(24):
        ask = here.ask_across if number % 2 else here.ask_inside
        name = "pay%d.example.com" % (number % 3)
        if number % 4 == 0:
            here.net.ask(DNS2, UPSTREAM, [Stop(here.dns), out], name=name,
                         query_gets=2, tries=2, wait=2.0, every=0.1)
        ask(1, name=name, rcode=2, think=120e-6, every=0.15)
        ask(1)
    return here.files()


def bare(arrives):
    here = Places(None)
    here.ask_inside(12)
    for _ in range(12):
        here.net.ask(SHELL, DNS2, here.across(),
                     query_gets=2 if arrives else 1, tries=2)
    for _ in range(6):
        here.net.ask(WEB, SHELL, [Stop(here.n2), Stop(here.n1)],
                     query_gets=2 if arrives else 1)
    return here.files()


@case
def source_dest_check():
    return bare(False)


@case
def bare_packets_dropped_on_arrival():
    return bare(True)


def arrives_and_ends(make=vxlan):
    here = Places(make)
    here.ask_inside(12)
    for _ in range(14):
        here.net.ask(SHELL, DNS2, here.across(), query_gets=2, tries=2)
    return here.files()


@case
def vxlan_source_mismatch():
    return arrives_and_ends()


@case
def tunnel_port_dropped_in_input():
    return arrives_and_ends()


@case
def nat_between_nodes():
    here = Places()
    here.ask_inside(12)
    translated = tunnel("203.0.113.7", N2)
    way = [Stop(here.n1, here.wrap), Stop(here.n2, translated)]
    for _ in range(14):
        here.net.ask(SHELL, DNS2, way, query_gets=2, tries=2)
    return here.files()


def certificates(n1_clock):
    here = Places(vxlan, n1_clock)
    for number in range(12):
        here.ask_across(1)
        here.ask_inside(1, name="www%d.example.org" % number, rcode=2,
                        think=9e-3)
        here.ask_across(1, name="www%d.example.org" % number, rcode=2,
                        think=9e-3)
    return here.files()


@case
def clock_skew():
    return certificates(7200.0)


@case
def certificate_expired():
    return certificates(0.03)


@case
def two_faults_checksum_and_upstream():
    here = Places()
    out = Stop(here.n2)
    for number in range(16):
        here.ask_inside(2)
        here.net.connect(SHELL, DNS2, here.across(), lost_syns=4, syn_gets=2,
                         is_unfinished=True, every=0.5)
        name = "www%d.example.com" % number
        here.net.ask(DNS2, UPSTREAM, [Stop(here.dns), out], name=name,
                     query_gets=2, tries=2, wait=2.0, every=0.01)
        here.ask_inside(1, name=name, rcode=2, think=4.0)
    return here.files()


def one_way(tries, **how):
    """Questions to the DNS pod of n2 from both nodes, where they arrive; a
    filter lets nothing in but them, or nothing else is there."""
    here = Places()
    here.dns = QuestionsOnly()
    for number in range(30):
        name = "api%d.shop.svc.cluster.local" % number
        here.net.ask(WEB, DNS2, [Stop(here.dns)], name=name, tries=tries,
                     every=0.7, **how)
        here.net.ask(SHELL, DNS2, [Stop(here.dns)], name=name, tries=tries,
                     every=0.7, **how)
    return here


@case
def questions_only():
    return {"n2_veth5d1c": one_way(1).dns}


@case
def questions_only_no_answer():
    """The same filter, and nobody answers: clients ask again."""
    return {"n2_veth5d1c": one_way(2, query_gets=1).dns}


@case
def questions_only_one_place():
    """The DNS pod's capture has questions alone, the uplinks have both."""
    here = Places()
    here.dns = QuestionsOnly()
    here.ask_across(20)
    here.ask_inside(20)
    return here.files()


def sent_from_n1(lost):
    """One capture, at the sender's uplink, where the card's work is not yet
    done: the client's checksums are unfinished, whatever becomes of them."""
    here = Places()
    for number in range(24):
        if number < lost:
            here.net.connect(SHELL, DNS2, here.across(), lost_syns=4,
                             syn_gets=1, is_question_unfinished=True)
        else:
            here.net.connect(SHELL, DNS2, here.across(),
                             is_question_unfinished=True)
    return {"n1_eth0": here.n1}


@case
def sender_checksums_unfinished():
    return sent_from_n1(0)


@case
def sender_checksums_unfinished_one_sided():
    return sent_from_n1(24)


@case
def checksum_errors_idle():
    here = Places()
    here.ask_across(24)
    here.ask_inside(24)
    return here.files()


@case
def capture_dropped_packets():
    """Each fifth answer is missing, at the one place that was captured, and
    nobody asks again: the capture lost them, not the network."""
    here = Places()
    for number in range(60):
        here.ask_across(1, query_gets=3 if number % 5 == 2 else None)
        here.ask_inside(1, query_gets=1 if number % 7 == 3 else None)
    return {"n2_veth5d1c": here.dns}


@case
def sent_only():
    """tcpdump -Q out, at the uplink of n1: no answer can be in it."""
    here = Places()
    for _ in range(24):
        here.ask_across(1, query_gets=1)
        here.net.connect(SHELL, DNS2, here.across(), lost_syns=1, syn_gets=1)
    near = packets.mac(11)
    here.n1.frames = [pair for pair in here.n1.frames
                      if pair[1][6:12] == near]
    here.n1.is_filtered = True
    return {"n1_eth0": here.n1}


@case
def clocks_minutes_apart():
    here = Places(n1_clock=-312.0)
    here.ask_across(24)
    here.ask_inside(24)
    return here.files()


def healthy_now():
    here = Places()
    here.ask_across(24)
    here.ask_inside(24)
    for number in range(12):
        here.net.ask(DNS2, UPSTREAM, [Stop(here.dns), Stop(here.n2)],
                     name="img%d.example.net" % number, think=4e-3)
    return here.files()


@case
def timeouts_days_ago():
    return healthy_now()


@case
def failures_before_captures():
    return healthy_now()


@case
def busy_upstream_offload_on():
    """Clients wait for the world: names outside fail at the resolvers, names
    of the cluster are answered at once, between nodes too."""
    here = Places()
    for number in range(24):
        name = "img%d.example.net" % number
        here.net.ask(DNS2, UPSTREAM, [Stop(here.dns), Stop(here.n2)],
                     name=name, query_gets=2, tries=2, wait=2.0, every=0.01)
        ask = here.ask_across if number % 2 else here.ask_inside
        ask(1, name=name, rcode=2, think=4.2)
        ask(1)
        here.net.connect(SHELL, DNS2, here.across(),
                         is_question_unfinished=True)
    files = here.files()
    return {"n1_eth0": files["n1_eth0"], "n2_veth5d1c": files["n2_veth5d1c"]}


def spoilt(wrap):
    """As wrap, with a wrong UDP checksum inside."""
    return lambda packet, is_answer: wrap(
        packet[:26] + bytes(byte ^ 0x12 for byte in packet[26:28]) +
        packet[28:], is_answer)


def attached(are_answered):
    """One file of which nobody says where it was captured."""
    dump = Capture(is_uplink=True)
    net = Net(START)
    way = tunnel(N1, N2)

    def back(packet, is_answer):
        return (way if is_answer else spoilt(way))(packet, is_answer)

    for number in range(60):
        net.ask(SHELL, DNS2, [Stop(dump, way)])
        net.ask(WEB, DNS1, [Stop(dump, tunnel(N2, N1))])
        net.ask(WEB, DNS2, [Stop(dump)])
        if number % 4 == 0:
            net.ask(SHELL, DNS2, [Stop(dump, back)],
                    query_gets=None if are_answered else 1)
    return {"dump": dump}


@case
def attached_capture_damaged():
    return attached(are_answered=False)


@case
def attached_capture_offload():
    return attached(are_answered=True)


def main():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    for name in sys.argv[1:] or sorted(CASES):
        for place, capture in sorted(CASES[name]().items()):
            if capture.frames:
                capture.write("%s/bundle/pcap/%s.pcap" % (name, place))


if __name__ == "__main__":
    main()
