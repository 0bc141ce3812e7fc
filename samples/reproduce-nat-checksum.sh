#!/bin/sh
# Makes the kernel fault behind the incident happen between network namespaces
# on this machine, captures it, lets wirecause explain what it captured, and
# shows the cure. Nothing is injected: the kernel does it by itself.
#
# Two namespaces play nodes, a third the DNS pod on node-b. A client in the
# host network of node-a asks a service address that is DNATed to the pod, over
# VXLAN with outer checksums. The mark that asks for masquerading (0x4000)
# stays on the packet, so the VXLAN header around it is masqueraded as well, to
# a random source port; its UDP checksum keeps the old one, because
# inet_proto_csum_replace2() leaves a checksum alone while ip_summed is
# CHECKSUM_PARTIAL - which here speaks of the inner packet. Seen on Linux 6.18.
#
# usage: sh samples/reproduce-nat-checksum.sh [FOLDER]   needs root, 40 s
set -eu
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "needs root" >&2; exit 1; }
bundle=${1:-$(mktemp -d)}
sh .ci/install iproute2 iptables ethtool conntrack tcpdump net-tools python3 >&2
wirecause=build/release/wirecause
[ -x "$wirecause" ] || { cmake --preset release && cmake --build build/release --target wirecause; } >&2

a=wc-a-$$ b=wc-b-$$ pod=wc-pod-$$
cleanup() {
    for space in $a $b $pod; do
        for process in $(ip netns pids "$space" 2>/dev/null); do
            kill "$process" 2>/dev/null || true
        done
        ip netns del "$space" 2>/dev/null || true
    done
}
trap cleanup EXIT

in_() { ip netns exec "$@"; }

make_node() { # namespace, number, number of the other
    ip -n "$1" addr add "192.168.77.$2/24" dev eth0
    ip -n "$1" link set eth0 up
    ip -n "$1" route add default via 192.168.77.254 dev eth0
    ip -n "$1" link add vxlan.calico type vxlan id 4096 dstport 4789 \
        local "192.168.77.$2" dev eth0 nolearning udpcsum
    ip -n "$1" link set vxlan.calico address "66:00:00:00:00:0$2" mtu 1450 up
    ip -n "$1" addr add "10.99.$2.0/32" dev vxlan.calico
    ip -n "$1" route add "10.99.$3.0/24" via "10.99.$3.0" dev vxlan.calico onlink
    ip -n "$1" neigh add "10.99.$3.0" lladdr "66:00:00:00:00:0$3" \
        dev vxlan.calico nud permanent
    in_ "$1" bridge fdb add "66:00:00:00:00:0$3" dev vxlan.calico \
        dst "192.168.77.$3"
    in_ "$1" sysctl -qw net.ipv4.ip_forward=1
    # As a network card would: sums are finished when the frame leaves.
    in_ "$1" ethtool -K eth0 tx off > /dev/null
}

for space in $a $b $pod; do
    ip netns add "$space"
    ip -n "$space" link set lo up
done
ip link add eth0 netns $a type veth peer name eth0 netns $b
make_node $a 1 2
make_node $b 2 1
ip link add cali0 netns $b type veth peer name eth0 netns $pod
ip -n $b addr add 169.254.1.1/32 dev cali0
ip -n $b link set cali0 up
ip -n $b route add 10.99.2.2 dev cali0
ip -n $pod addr add 10.99.2.2/32 dev eth0
ip -n $pod link set eth0 up
ip -n $pod route add 169.254.1.1 dev eth0
ip -n $pod route add default via 169.254.1.1
for protocol in tcp udp; do
    in_ $a iptables -t nat -A OUTPUT -d 10.96.0.10 -p $protocol --dport 53 \
        -j MARK --set-xmark 0x4000/0x4000
    in_ $a iptables -t nat -A OUTPUT -d 10.96.0.10 -p $protocol --dport 53 \
        -j DNAT --to 10.99.2.2:53
done
in_ $a iptables -t nat -A POSTROUTING -m mark --mark 0x4000/0x4000 \
    -j MASQUERADE --random-fully

snapshot() { # name
    for node in a b; do
        eval space=\$$node
        folder=$bundle/$1/node-$node
        mkdir -p "$folder"
        date -u +%Y-%m-%dT%H:%M:%S.%NZ > "$folder/date.txt"
        in_ "$space" netstat -s > "$folder/netstat-s.txt"
        in_ "$space" nstat -az > "$folder/nstat-az.txt"
        in_ "$space" ip addr > "$folder/ip-addr.txt"
        in_ "$space" ip route > "$folder/ip-route.txt"
        in_ "$space" ip -d -s link > "$folder/ip-d-s-link.txt"
        in_ "$space" ethtool -k vxlan.calico > "$folder/ethtool-k_vxlan.calico.txt"
        in_ "$space" conntrack -L > "$folder/conntrack-L.txt" 2> /dev/null || true
        in_ "$space" iptables-save -c > "$folder/iptables-save-c.txt"
    done
}

ask() { # how often: DNS over TCP to the service, a dial timeout of 900 ms
    in_ $a python3 - "$1" << 'PYTHON'
import socket, struct, sys, time
slow = 0
for i in range(int(sys.argv[1])):
    start = time.time()
    query = struct.pack(">HHHHHH", 1000 + i, 0x100, 1, 0, 0, 0) + \
        b"\x08payments\x04shop\x03svc\x07cluster\x05local\0\0\1\0\1"
    client = socket.socket()
    client.settimeout(0.9)
    try:
        client.connect(("10.96.0.10", 53))
        client.sendall(struct.pack(">H", len(query)) + query)
        client.recv(512)
    except OSError:
        slow += 1
    client.close()
print("  %d of %s questions over TCP timed out" % (slow, sys.argv[1]))
PYTHON
}

in_ $pod python3 -c '
import socket, struct
server = socket.socket()
server.bind(("", 53))
server.listen(64)
while True:
    client = server.accept()[0]
    try:
        query = client.recv(512)
        answer = query[2:4] + b"\x85\x80\0\1\0\1\0\0\0\0" + query[14:] + \
            b"\xc0\x0c\0\1\0\1\0\0\0\5\0\4\x0a\x63\x02\x63"
        client.sendall(struct.pack(">H", len(answer)) + answer)
    except OSError:
        pass
    client.close()' 2> /dev/null &

capture() { # phase
    mkdir -p "$bundle/$1"
    for node in a b; do
        eval space=\$$node
        for device in eth0 vxlan.calico; do
            in_ "$space" tcpdump -Z root -U -i $device \
                -w "$bundle/$1/node-${node}_$device.pcap" \
                udp port 4789 or port 53 2> /dev/null &
        done
    done
    sleep 1
}

stop_captures() {
    sleep 2
    for space in $a $b; do
        for process in $(ip netns pids $space); do kill "$process"; done
    done
    sleep 1
}

echo "With checksum offload of the tunnel device on:"
snapshot 1-before
capture during
ask 12
stop_captures
snapshot 2-during
echo "After ethtool --offload vxlan.calico rx off tx off:"
for space in $a $b; do
    in_ $space ethtool --offload vxlan.calico rx off tx off > /dev/null
done
capture after
ask 12
stop_captures
snapshot 3-after
echo
echo "wirecause on what was captured (in $bundle):"
echo
"$wirecause" analyze --format text "$bundle"
