"""Bundles that lack something."""
import os

import bundle as bundles


def _without(start):
    return lambda bundle: bundle.keep(lambda path: not path.startswith(start))


def _is_capture(bundle, path):
    return bundles.is_capture(bundle.files[path])


def _vantage(path):
    """What a capture stands at, by the lab's names of files."""
    name = os.path.basename(path)
    for kind, mark in (("pods", "pod-"), ("tunnels", "vxlan"),
                       ("veths", "_cali"), ("any", "_any"),
                       ("multi", "_multi"), ("uplinks", "eth0")):
        if mark in name:
            return kind
    return None


def _without_vantage(kind):
    return lambda bundle: bundle.keep(
        lambda path: not (_is_capture(bundle, path)
                          and _vantage(path) == kind))


def _only_vantage(kind):
    return lambda bundle: bundle.keep(
        lambda path: not _is_capture(bundle, path) or _vantage(path) == kind)


def _node(bundle, number):
    return bundles.nodes(bundle)[number]


def _without_captures_of(number):
    def apply(bundle):
        owners, node = bundles.Owners(bundle), _node(bundle, number)
        return bundle.keep(lambda path: not (
            _is_capture(bundle, path) and owners.node_of(path) == node))
    return apply


def _only_captures_of(number):
    """At a healthy sender all checksums are unfinished."""
    return lambda bundle: _only_node(number)(only_captures(bundle), bundle)


def _only_node(number):
    """Of the bundle; whose names are whose is known from the whole of it."""
    def apply(bundle, whole=None):
        owners = bundles.Owners(whole or bundle)
        node = owners.nodes[number]
        left = bundle.keep(lambda path: owners.node_of(path) == node)
        left.only_node = node
        return left
    return apply


def no_captures(bundle):
    return bundle.keep(lambda path: not _is_capture(bundle, path))


def only_captures(bundle):
    return bundle.keep(lambda path: _is_capture(bundle, path))


def only_logs_and_pods(bundle):
    return bundle.keep(lambda path: path.startswith("logs/") or
                       path.endswith("get-pods-A-o-wide.txt"))


COSMETIC = {}
LOSSY = {
    "no-snapshots": _without("snapshots/"),
    "no-kubectl": _without("kubectl/"),
    "no-logs": _without("logs/"),
    "no-commands": _without("commands/"),
    "no-captures": no_captures,
    "only-captures": only_captures,
    "only-logs-and-pods": only_logs_and_pods,
}
for _kind in ("pods", "tunnels", "veths", "any", "uplinks"):
    LOSSY["no-" + _kind] = _without_vantage(_kind)
for _kind in ("tunnels", "uplinks", "pods"):
    LOSSY["only-" + _kind] = _only_vantage(_kind)
for _i in range(3):
    LOSSY["no-captures-%d" % (_i + 1)] = _without_captures_of(_i)
    LOSSY["only-captures-%d" % (_i + 1)] = _only_captures_of(_i)
    LOSSY["only-node-%d" % (_i + 1)] = _only_node(_i)
