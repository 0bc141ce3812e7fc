"""DNS pods that listen on another port than 53 behind their service, as those
of OpenShift do, and a tunnel at a port of the administrator's choice."""
import re

import bundle as bundles
import capture_file
import frame_addresses
import texts

DNS, POD_DNS = 53, 5353
VXLAN, OTHER_VXLAN = 4789, 14789


def _address(text):
    return bytes(int(part) for part in text.split("."))


class Ports:
    """The ports of a bundle with DNS pods at these addresses."""

    def __init__(self, pods):
        self.pods = {_address(pod) for pod in pods}
        any_pod = "(?:%s)" % "|".join(map(re.escape, sorted(pods)))
        self.listen = re.compile(r"(?<![\d.])(%s):53(?!\d)" % any_pod)
        self.tuple = re.compile(r"(src=%s dst=\S+ sport=)53(?!\d)" % any_pod)
        self.tunnel = re.compile(r"(?<!\d)%d(?!\d)" % VXLAN)

    def new_port(self, port, address, protocol):
        if port == VXLAN and protocol == frame_addresses.UDP:
            return OTHER_VXLAN
        return POD_DNS if port == DNS and address in self.pods else port

    def change_text(self, text):
        text = self.listen.sub(r"\g<1>:%d" % POD_DNS, text)
        text = self.tuple.sub(r"\g<1>%d" % POD_DNS, text)
        return self.tunnel.sub(str(OTHER_VXLAN), text)

    def change_capture(self, data):
        capture = capture_file.read(data)
        for packet in capture.packets:
            packet.data = frame_addresses.renumber(
                packet.data, capture.interfaces[packet.interface].link,
                frame_addresses.Numbers(port=self.new_port))
        return capture_file.write(capture)


def move(bundle):
    ports = Ports(bundles.dns_pods(bundle))
    return bundle.with_files({
        path: ports.change_capture(data) if bundles.is_capture(data)
        else texts.change(data, ports.change_text)
        for path, data in bundle.files.items()})


COSMETIC = {"other-ports": move}
LOSSY = {}
