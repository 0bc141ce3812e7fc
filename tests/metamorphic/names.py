"""Other names of nodes, pods and interfaces, everywhere."""
import re

import bundle as bundles
import capture_file
import texts


def _rename_interfaces_inside(data, replace):
    capture = capture_file.read(data)
    if not any(interface.name for interface in capture.interfaces):
        return data
    for interface in capture.interfaces:
        if interface.name:
            interface.name = replace(interface.name)
    return capture_file.write(capture)


def _rename(bundle, words, applies=lambda path: True):
    """Replaces the words in paths, texts and names of interfaces."""
    replace = texts.replacer(words)
    files = {}
    for path, data in bundle.files.items():
        if not applies(path):
            files[path] = data
        elif bundles.is_capture(data):
            files[replace(path)] = _rename_interfaces_inside(data, replace)
        else:
            files[replace(path)] = texts.change(data, replace)
    assert len(files) == len(bundle.files), "two files under one path"
    return bundles.Bundle(files, {**bundle.renamed, **words})


def nodes(bundle):
    """Names that sort the other way round."""
    names = bundles.nodes(bundle)
    words = {name: "srv-%s%02d" % ("zyxwvutsrq"[i % 10], i)
             for i, name in enumerate(names)}
    return _rename(bundle, words)


def cloud_nodes(bundle):
    """Fully qualified names, as clouds give them."""
    words = {name: "ip-10-77-%d-%d.eu-west-1.compute.internal" %
             (3 * i + 1, 200 - i) for i, name in enumerate(bundles.nodes(bundle))}
    return _rename(bundle, words)


def _other_letters(text):
    """Another name of the same form, as the API server might have drawn."""
    return text.translate(str.maketrans("bcdfghjklmnpqrstvwxz2456789",
                                        "xzwvtsrqpnmlkjhgfdcb9876542"))


def pods(bundle):
    """Other drawn parts: coredns-8474476ff8-7qkzp -> coredns-...; tools that
    name a pod in short use its last part."""
    words = {}
    for pod in bundles.pods(bundle):
        drawn = re.match(r"(.*?)((-[0-9a-f]{8,10})?-[a-z0-9]{5})$", pod)
        if drawn:
            new = _other_letters(drawn.group(2))
            words[pod] = drawn.group(1) + new
            words[drawn.group(1) + "-" + pod[-5:]] = \
                drawn.group(1) + "-" + new[-5:]
    return _rename(bundle, words)


def applications(bundle):
    """Pods as another distribution calls them."""
    words = {}
    for pod in bundles.pods(bundle):
        if pod.startswith("coredns-"):
            words[pod] = "rke2-coredns-rke2-" + pod
        if pod.startswith("nodelocaldns-"):
            words[pod] = pod.replace("nodelocaldns", "node-local-dns")
    return _rename(bundle, words)


def _interface_names(bundle):
    found = set()
    for path, data in bundle.files.items():
        if path.endswith("/ip-addr.txt"):
            found |= set(re.findall(r"^\d+: ([^:@\s]+)", data.decode(), re.M))
    return found


def interfaces(bundle):
    """Flannel's names and a server's card; pods keep their eth0."""
    owners = bundles.Owners(bundle)
    words = {"vxlan.calico": "flannel.1", "eth0": "enp3s0f1", "cali+": "veth+"}
    for i, name in enumerate(sorted(_interface_names(bundle))):
        if name.startswith("cali"):
            words[name] = "veth%08x" % (0x5A17C0DE ^ i * 0x01010307)
    outside = dict(words)
    del outside["eth0"]
    inside_nodes = _rename(bundle, words,
                           lambda path: owners.pod_of(path) is None)
    return _rename(inside_nodes, outside,
                   lambda path: owners.pod_of(path) is not None)


COSMETIC = {
    "rename-nodes": nodes,
    "rename-nodes-cloud": cloud_nodes,
    "rename-pods": pods,
    "rename-applications": applications,
    "rename-interfaces": interfaces,
}
LOSSY = {}
