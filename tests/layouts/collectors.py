"""Where the collectors of support bundles put what a node prints.

A layout turns facts into files: it returns (path, bytes, node) of all that
its collector would have kept, with node None where a file is nobody's. A
component of a path that ends as an archive does, is one.
"""
import datetime
import json
import re

LOG = re.compile(r"logs/pods/([^/]+)_([^/]+)_([^/]+)/([^/]+)/0\.log$")
CAPTURE = re.compile(r"/pcap/(\w+/(?:pod-)?([^/_]+)_[^/]+)$")
SNAPSHOT = re.compile(r"snapshots/\d-(\w+)/([^/]+)/([^/]+)\.(?:txt|json)$")


class Facts:
    """What one run of collectors saw, by node."""

    def __init__(self, files, run, stamp):
        self.run = run
        self.stamp = stamp
        self.commands = {}
        self.logs = []
        self.objects = []
        for path, data in sorted(files.items()):
            snapshot = SNAPSHOT.search(path)
            log = LOG.search(path)
            if snapshot and snapshot[1] == run:
                self.commands.setdefault(snapshot[2], {})[snapshot[3]] = data
            elif log:
                self.logs.append((log.groups(), data))
            elif path.endswith("-o-json.json"):
                self.objects += json.loads(data)["items"]

    def node_of_pod(self, name):
        for item in self.objects:
            if item["kind"] == "Pod" and item["metadata"]["name"] == name:
                return item["spec"]["nodeName"]
        raise KeyError(name)

    def host_commands(self):
        """(node, command, interface or empty, output)"""
        for node, commands in sorted(self.commands.items()):
            for name, data in sorted(commands.items()):
                command, _, interface = name.partition("_")
                if name.startswith("proc-"):
                    command, interface = name, ""
                yield node, command, interface, data

    def lists(self):
        """(namespace or empty, resource, items)"""
        found = {}
        for item in self.objects:
            where = item["metadata"].get("namespace", "")
            kind = item["kind"].lower()
            kind += "" if kind == "endpoints" else "s"
            found.setdefault((where, kind), []).append(item)
        return [(where, kind, items)
                for (where, kind), items in sorted(found.items())]


def as_list(items):
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": items},
                      indent=4).encode()


def as_yaml(value, indent=""):
    """Enough of YAML for objects: block style, every text in quotes."""
    lines = []
    pairs = value.items() if isinstance(value, dict) else \
        ((None, item) for item in value)
    for key, item in pairs:
        head = indent + ("- " if key is None else key + ":")
        if isinstance(item, (dict, list)) and item:
            inner = as_yaml(item, indent + "  ")
            if key is None:
                head += inner.lstrip(" ")
                lines.append(head)
            else:
                lines += [head, inner]
        else:
            lines.append(head + (" " if key else "") + json.dumps(item))
    return "\n".join(lines)


def yaml_list(items):
    return (as_yaml({"apiVersion": "v1", "kind": "List", "items": items}) +
            "\n").encode()


def put(facts, folder, names):
    """The outputs that a table of names knows, each under its node."""
    for node, command, interface, data in facts.host_commands():
        name = names.get(command)
        if name is not None and (interface != "" or "{if}" not in name):
            yield (folder.format(node=node) + name.format(**{
                "if": interface, "node": node}), data, node)


SOS = {
    "date": "sos_commands/date/date",
    "uname-a": "sos_commands/kernel/uname_-a",
    "sysctl-net": "sos_commands/kernel/sysctl_-a",
    "netstat-s": "sos_commands/networking/netstat_-s",
    "netstat-anp": "sos_commands/networking/netstat_-W_-neopa",
    "nstat-az": "sos_commands/networking/nstat_-zas",
    "ethtool-k": "sos_commands/networking/ethtool_-k_{if}",
    "ethtool-i": "sos_commands/networking/ethtool_-i_{if}",
    "ethtool-S": "sos_commands/networking/ethtool_-S_{if}",
    "ip-d-s-link": "sos_commands/networking/ip_-s_-d_link",
    "ip-addr": "sos_commands/networking/ip_-d_address",
    "ip-route": "sos_commands/networking/ip_route_show_table_all",
    "ip-neigh": "sos_commands/networking/ip_-s_-s_neigh_show",
    "bridge-fdb": "sos_commands/networking/bridge_-s_-s_-d_-t_fdb_show",
    "ss-tunapi": "sos_commands/networking/ss_-peaonmi",
    "conntrack-S": "sos_commands/conntrack/conntrack_-S",
    "conntrack-L": "sos_commands/conntrack/conntrack_-L_-o_extended",
    "nft-list-ruleset": "sos_commands/firewall_tables/nft_-a_list_ruleset",
    "proc-net-snmp": "proc/net/snmp",
    "proc-net-netstat": "proc/net/netstat",
    "proc-net-snmp6": "proc/net/snmp6",
    "proc-net-softnet_stat": "proc/net/softnet_stat",
    "proc-net-stat-nf_conntrack": "proc/net/stat/nf_conntrack",
}


def sos_files(facts, top):
    yield from put(facts, top, SOS)
    for (space, pod, uid, container), data in facts.logs:
        node = facts.node_of_pod(pod)
        yield ("%svar/log/pods/%s_%s_%s/%s/0.log" %
               (top.format(node=node), space, pod, uid, container), data, node)
    tool = "kubectl_--kubeconfig_.etc.kubernetes.admin.conf_get_-o_json_"
    where = top.format(node="node1") + "sos_commands/kubernetes/cluster-info/"
    for space, kind, items in facts.lists():
        name = space + "/" + tool + "--namespace_" + space if space else \
            tool.rstrip("_")
        yield where + name + "_" + kind, as_list(items), None


def sos(facts):
    name = "sosreport-{node}-%s-%s" % (
        facts.stamp.strftime("%Y-%m-%d"),
        {"before": "kqwmzra", "start": "ltbvxoc", "end": "pnhgyds",
         "after": "wfjieub"}[facts.run])
    yield from sos_files(facts, name + ".tar.xz/" + name + "/")


def sos_legacy(facts):
    name = "sosreport-{node}.03141592-%s" % facts.stamp.strftime(
        "%Y%m%d%H%M%S")
    yield from sos_files(facts, name + ".tar.xz/" + name + "/")


def sos_collect(facts):
    outer = "sos-collector-incident-%s-vbnmk.tar.xz/" % facts.stamp.strftime(
        "%Y-%m-%d")
    top = outer[:-len(".tar.xz/")] + "-" + facts.run + "/"
    for path, data, node in sos(facts):
        yield facts.run + "-" + outer + top + path, data, node


RANCHER = {
    "date": "systeminfo/date",
    "uname-a": "systeminfo/uname",
    "sysctl-net": "systeminfo/sysctla",
    "conntrack-S": "systeminfo/conntrack",
    "iptables-save-c": "networking/iptablessave",
    "nft-list-ruleset": "networking/nft_ruleset",
    "netstat-s": "networking/netstatistics",
    "netstat-anp": "networking/netstat",
    "ip-addr": "networking/ipaddrshow",
    "ip-route": "networking/iproute",
    "ip-neigh": "networking/ipneighbour",
    "ip-d-s-link": "networking/iplinkshow",
    "ifconfig-a": "networking/ifconfiga",
    "ss-tunapi": "networking/ssanp",
}


def rancher(facts, product="rke2"):
    name = "{node}-" + facts.stamp.strftime("%Y-%m-%d_%H_%M_%S")
    top = name + ".tar.gz/" + name + "/"
    yield from put(facts, top, RANCHER)
    for node, commands in sorted(facts.commands.items()):
        if "ethtool-k_vxlan.calico" in commands:
            yield (top.format(node=node) + "networking/ethtool",
                   b"--- vxlan.calico\n" + commands["ethtool-k_vxlan.calico"],
                   node)
        yield (top.format(node=node) + "systeminfo/hostname",
               node.encode() + b"\n", node)
    for (space, pod, uid, container), data in facts.logs:
        node = facts.node_of_pod(pod)
        yield ("%s%s/podlogs/%s_%s_%s/%s/0.log" %
               (top.format(node=node), product, space, pod, uid, container),
               data, node)
    where = top.format(node="node1") + product + "/kubectl/"
    yield where + "nodes.json", as_list(
        [item for item in facts.objects if item["kind"] == "Node"]), None
    for space, kind, items in facts.lists():
        if kind != "nodes":
            yield where + space + "-" + kind + ".json", as_list(items), None


def k3s(facts):
    yield from rancher(facts, "k3s")


TROUBLESHOOT = {
    "date": "date", "uname-a": "uname", "netstat-s": "netstat",
    "nstat-az": "nstat", "ethtool-k": "ethtool-k-{if}",
    "ethtool-S": "ethtool-s-{if}", "ip-addr": "ip-address-show",
    "ip-route": "ip-route-table", "ip-neigh": "ip-neighbor-show",
    "ip-d-s-link": "ip-link", "iptables-save-c": "iptables",
    "nft-list-ruleset": "nftables", "conntrack-S": "conntrack",
    "sysctl-net": "sysctl",
}


def troubleshoot(facts):
    name = "support-bundle-" + facts.stamp.strftime("%Y-%m-%dT%H_%M_%S")
    top = name + ".tar.gz/" + name + "/"
    for path, data, node in put(
            facts, top + "host-collectors/{node}/run-host/", TROUBLESHOOT):
        yield path + ".txt", data, node
        yield path + "-info.json", json.dumps(
            {"command": "/usr/bin/" + path.rsplit("/", 1)[1],
             "exitCode": "0", "outputDir": "", "inputDir": "", "env": None,
             "error": ""}).encode(), node
    for (space, pod, _, container), data in facts.logs:
        yield ("%scluster-resources/pods/logs/%s/%s/%s.log" %
               (top, space, pod, container), data, facts.node_of_pod(pod))
    for space, kind, items in facts.lists():
        yield ("%scluster-resources/%s.json" %
               (top, kind + "/" + space if space else kind),
               as_list(items), None)


MUST_GATHER = {
    "netstat-s": "netstat_s", "ethtool-k": "ethtool_features_{if}",
    "ip-addr": "ip_addr", "sysctl-net": "sysctl",
    "uname-a": "uname", "date": "date", "ip-d-s-link": "ip_link",
    "nft-list-ruleset": "nft_ruleset", "conntrack-S": "conntrack_stats",
    "ip-route": "ip_route",
}


def must_gather(facts):
    top = "must-gather.local.%s/quay-io-openshift-release-dev-ocp-v4-0-art-" \
        "dev-sha256-%s/" % (facts.stamp.strftime("%H%M%S%f"), "9f3c" * 16)
    yield from put(facts, top + "nodes/{node}/", MUST_GATHER)
    for (space, pod, _, container), data in facts.logs:
        yield ("%snamespaces/%s/pods/%s/%s/%s/logs/current.log" %
               (top, space, pod, container, container), data,
               facts.node_of_pod(pod))
    for space, kind, items in facts.lists():
        if space:
            yield ("%snamespaces/%s/core/%s.yaml" % (top, space, kind),
                   yaml_list(items), None)
        for item in items if not space else ():
            yield ("%scluster-scoped-resources/core/%s/%s.yaml" %
                   (top, kind, item["metadata"]["name"]),
                   (as_yaml(item) + "\n").encode(), None)


CALICO = {
    "iptables-save-c": "iptables-nft-save.txt", "ip-route": "ip-route.txt",
    "nft-list-ruleset": "nft-ruleset.txt", "ip-addr": "ip-addr.txt",
    "ip-d-s-link": "ip-link.txt", "ip-neigh": "ip-neigh.txt",
}


def calico(facts):
    name = "calico-diagnostics-" + facts.stamp.strftime("%Y%m%d_%H%M%S")
    top = name + ".tar.gz/" + name + "/"
    yield from put(facts, top + "nodes/{node}/", CALICO)
    for (space, pod, _, _), data in facts.logs:
        node = facts.node_of_pod(pod)
        yield "%snodes/%s/%s/%s.log" % (top, node, space, pod), data, node
    for _, kind, _ in facts.lists():
        yield ("%scluster/kubernetes/%s.yaml" % (top, kind), yaml_list(
            [item for _, other, items in facts.lists() if other == kind
             for item in items]), None)


CILIUM = {
    "ip-addr": "ip-a.md", "ip-d-s-link": "ip--d--s-l.md",
    "ip-route": "ip--4-r.md", "ip-neigh": "ip--4-n.md",
    "uname-a": "uname--a.md", "iptables-save-c": "iptables-save--c.md",
    "nft-list-ruleset": "nft-list-ruleset.md",
    "ethtool-i": "ethtool--i-{if}.md", "sysctl-net": "sysctl--a.md",
    "ss-tunapi": "ss--t--p--a--i--s.md",
}
AGENTS = {"node1": "cilium-8hx2k", "node2": "cilium-qv7dn",
          "node3": "cilium-tz4wm"}


def cilium(facts):
    stamp = facts.stamp.strftime("%Y%m%d-%H%M%S")
    top = "cilium-sysdump-%s.zip/cilium-sysdump-%s/" % (stamp, stamp)
    agents = []
    for path, data, node in put(facts, "{node}//", CILIUM):
        tool = "cilium-bugtool-%s-%s" % (AGENTS[node], stamp)
        inner = "cilium-bugtool-%s.123+0000-UTC-1234567" % stamp
        yield ("%s%s.tar.gz/%s/cmd/%s" % (top, tool, inner, path.split(
            "//")[1]), data, node)
    for node, agent in AGENTS.items():
        agents.append({"apiVersion": "v1", "kind": "Pod",
                       "metadata": {"name": agent, "namespace": "kube-system",
                                    "labels": {"k8s-app": "cilium"}},
                       "spec": {"nodeName": node, "hostNetwork": True},
                       "status": {"phase": "Running"}})
    for (_, pod, _, container), data in facts.logs:
        yield ("%slogs-%s-%s-%s.log" % (top, pod, container, stamp), data,
               facts.node_of_pod(pod))
    for kind in ("nodes", "pods", "services", "endpoints"):
        items = [item for _, other, some in facts.lists() if other == kind
                 for item in some] + (agents if kind == "pods" else [])
        yield "%sk8s-%s-%s.yaml" % (top, kind, stamp), yaml_list(items), None


ANTREA = {
    "iptables-save-c": "iptables", "ip-addr": "address", "ip-d-s-link": "link",
    "ip-route": "route", "nft-list-ruleset": "nftables",
}


def antrea(facts):
    top = "support-bundles_" + facts.stamp.strftime("%Y%m%dT%H%M%SZ/")
    yield from put(facts, top + "agent_{node}.tar.gz/", ANTREA)
    yield top + "clusterinfo", b"".join(
        b"#%s\n%s\n---\n" % (kind.encode(), yaml_list(
            [item for _, other, items in facts.lists() if other == kind
             for item in items]))
        for kind in ("pods", "nodes")), None
    yield from cluster_info_files(facts, top + "cluster-info/")


def cluster_info_files(facts, top):
    for space, kind, items in facts.lists():
        yield ("%s%s.json" % (top, space + "/" + kind if space else kind),
               as_list(items), None)
    for (space, pod, _, _), data in facts.logs:
        yield ("%s%s/%s/logs.txt" % (top, space, pod), data,
               facts.node_of_pod(pod))


def cluster_info(facts):
    yield from cluster_info_files(facts, "cluster-state-%s/" % facts.run)


def cluster_info_stdout(facts):
    parts = [json.dumps({"apiVersion": "v1", "kind": "List", "items": items},
                        indent=4).encode() + b"\n"
             for _, _, items in facts.lists()]
    for (space, pod, _, container), data in facts.logs:
        name = "for container %s of pod %s/%s ====\n" % (container, space, pod)
        parts += [b"==== START logs " + name.encode(), data,
                  b"==== END logs " + name.encode()]
    yield "cluster-info-dump-%s.txt" % facts.run, b"".join(parts), None


RETINA = {
    "proc-net-snmp": "proc-net/snmp", "proc-net-netstat": "proc-net/netstat",
}
# One file for several commands: a summary, then each under its full path.
RETINA_FILES = {
    "ip-resources.txt": (
        ("ip-j-addr", "/usr/sbin/ip -d -j addr show",
         "IP address configuration"),
        ("ip-j-route", "/usr/sbin/ip -d -j route show table all",
         "Routes of all route tables")),
    "iptables-rules.txt": (
        ("iptables-save-c", "/usr/sbin/iptables-nft-save", "IPtables rules"),
        (None, "/usr/sbin/iptables-nft -vnx -L",
         "IPtables rules and stats in filter table")),
    "socket-stats.txt": (
        (None, "/usr/bin/ss -s", "Socket statistics summary"),
        ("ss-tunapi", "/usr/bin/ss -tapionume", "Socket statistics details")),
}


def several(commands, parts):
    text = b"Summary:\n\n"
    for _, command, says in parts:
        text += b"%s(%s)\n" % (command.encode(), says.encode())
    text += b"\nExecute:\n\n"
    for name, command, _ in parts:
        text += b"%s\n\n%s" % (command.encode(), commands.get(name, b""))
    return text


def retina(facts):
    name = "retina-capture-{node}-%s.tar.gz/" % facts.stamp.strftime(
        "%Y%m%d%H%M%SUTC")
    yield from put(facts, name, RETINA)
    for node, commands in sorted(facts.commands.items()):
        for path, parts in RETINA_FILES.items():
            yield (name.format(node=node) + path, several(commands, parts),
                   node)
    yield from cluster_info_files(facts, "cluster-info/")


MICROK8S = {
    "netstat-anp": "network/netstat", "ifconfig-a": "network/ifconfig",
}


def microk8s(facts):
    top = "{node}/inspection-report-%s.tar.gz/inspection-report/" % \
        facts.stamp.strftime("%Y%m%d_%H%M%S")
    yield from put(facts, top, MICROK8S)
    for path, data, node in cluster_info_stdout(facts):
        yield (top.format(node="node1") + "k8s/cluster-info-dump", data, node)


EKS = {
    "uname-a": "kernel/uname.txt", "sysctl-net": "sysctls/sysctl_all.txt",
    "iptables-save-c": "networking/iptables-save.txt",
    "ifconfig-a": "networking/ifconfig.txt",
    "ip-route": "networking/iproute.txt", "netstat-anp": "system/netstat.txt",
    "conntrack-S": "networking/conntrack.txt",
}
INSTANCES = {"node1": "i-0a1b2c3d4e5f60718", "node2": "i-0b2c3d4e5f6071829",
             "node3": "i-0c3d4e5f607182930"}


def eks(facts):
    tail = facts.stamp.strftime("_%Y-%m-%d_%H%M-UTC_0.7.6")
    for path, data, node in put(facts, "{node}//", EKS):
        name = path.split("//")[1]
        if name.endswith("conntrack.txt"):
            data = b"*** Output of conntrack -S *** \n" + data
        yield "eks_%s%s.tar.gz/%s" % (INSTANCES[node], tail, name), data, node
    for (space, pod, uid, container), data in facts.logs:
        node = facts.node_of_pod(pod)
        yield ("eks_%s%s.tar.gz/var_log/%s_%s_%s/%s/0.log" % (
            INSTANCES[node], tail, space, pod, uid, container), data, node)
    yield from ((path, data, node) for path, data, node in
                cluster_info_files(facts, "cluster-info/")
                if path.endswith(".json"))


def plain(facts):
    for node, command, interface, data in facts.host_commands():
        yield ("%s/%s/%s%s.txt" % (facts.run, node, command, interface and
                                   "_" + interface), data, node)
    yield from cluster_info_files(facts, "cluster/")


def flat(facts):
    for node, command, interface, data in facts.host_commands():
        yield ("%s-%s%s-%s.txt" % (node, command, interface and
                                   "-" + interface, facts.run), data, node)
    for space, kind, items in facts.lists():
        yield "%s-%s.json" % (space, kind), as_list(items), None
    for (_, pod, _, _), data in facts.logs:
        yield pod + ".log", data, facts.node_of_pod(pod)


# To add a layout: a function above, and its name here; where its collector asks
# for less than a sos report does, what that takes away, below.
LAYOUTS = {
    "plain": plain, "flat": flat, "sos": sos, "sos-legacy": sos_legacy,
    "sos-collect": sos_collect, "rancher-rke2": rancher, "rancher-k3s": k3s,
    "troubleshoot": troubleshoot, "must-gather": must_gather,
    "calico": calico, "cilium": cilium, "antrea": antrea,
    "cluster-info": cluster_info, "cluster-info-stdout": cluster_info_stdout,
    "retina": retina, "microk8s": microk8s, "eks": eks,
}

# Without the offload settings of the tunnel device nobody sees them change.
# The drop counters make it certain all the same; without these the report must
# ask for the settings.
LACKS_SETTINGS = {"fixed": False}
LACKS_COUNTERS = {"fixed": False, "confidence": "likely"}
EXPECTED = {
    "calico": LACKS_COUNTERS, "cilium": LACKS_COUNTERS,
    "antrea": LACKS_COUNTERS, "cluster-info": LACKS_COUNTERS,
    "cluster-info-stdout": LACKS_COUNTERS, "microk8s": LACKS_COUNTERS,
    "eks": LACKS_COUNTERS, "retina": LACKS_SETTINGS,
}
ASKS_FOR = "offload settings of the tunnel device"


def arrange(files, layout):
    """All runs of a collector, and the captures beside them."""
    found = {}
    for minute, run in enumerate(("before", "start", "end", "after")):
        data = next(data for path, data in sorted(files.items())
                    if re.search(r"/\d-%s/[^/]+/date\.txt$" % run, path))
        stamp = datetime.datetime.fromisoformat(data.decode()[:19])
        facts = Facts(files, run, stamp)
        facts.commands.pop("pods", None)
        for path, data, node in LAYOUTS[layout](facts):
            found[path] = (data, node)
    for path, data in files.items():
        capture = CAPTURE.search(path)
        if capture:
            node = capture[2] if capture[2] in facts.commands else \
                facts.node_of_pod(capture[2])
            found["captures/" + capture[1]] = (data, node)
    return found
