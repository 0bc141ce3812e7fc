/* Lines of the plugins log and errors and of listeners, as releases wrote
 * them, for the readers that take them apart by hand. The tests read each. */
#include "text/coredns.h"

const struct coredns_sample coredns_samples[] = {
    {
        .line = "[INFO] 10.244.1.7:40001 - 6699 \"A IN "
                "kubernetes.default.svc.cluster.local. udp 54 false 512\" "
                "NOERROR qr,aa,rd 106 0.000123456s",
        .yields = "event='query'|client='10.244.1.7'|client_port=40001"
                  "|dns_id=6699|transport='udp'|qtype='A'|rcode='NOERROR'"
                  "|qname='kubernetes.default.svc.cluster.local.'"
                  "|response_bytes=106|duration_ns=123456 |severity='info'"
                  "|source='coredns'|time_is='unknown'",
    },
    {
        /* {combined}; IPv6 client */
        .line = "[INFO] [::1]:50759 - 29008 \"AAAA IN Example.ORG. tcp 41 "
                "false 65535\" NXDOMAIN qr,rd,ra,ad 68 2.001s \"0\"",
        .yields = "event='query'|client='::1'|client_port=50759"
                  "|qname='example.org.'|transport='tcp'|rcode='NXDOMAIN'"
                  "|duration_ns=2001000000 ",
    },
    {
        /* up to v1.8.4: NOERROR, and yet no answer */
        .line = "[INFO] 10.0.0.1:5 - 6 \"A IN a.b. udp 54 false 512\" NOERROR "
                "- 0 6.0023s",
        .yields = "event='query'|error='no-answer'|duration_ns=6002300000 "
                  "|response_bytes=0 ",
    },
    {
        /* v1.8.5 ... v1.14.4 */
        .line = "[INFO] 10.0.0.1:5 - 6 \"A IN a.b. udp 54 false 512\" - - 0 6s",
        .yields = "event='query'|error='no-answer'|duration_ns=6000000000 ",
    },
    {
        /* from v1.14.5 */
        .line = "[INFO] 10.0.0.1:5 - 6 \"TYPE65 IN a.b. udp 54 true 1232\" "
                "SERVFAIL qr,rd 54 6.1s",
        .yields = "event='query'|rcode='SERVFAIL'|qtype='TYPE65'",
    },
    {
        /* no flag set: two blanks */
        .line = "[INFO] 10.0.0.1:5 - 6 \"A IN . udp 17 false 512\" NOERROR  17 "
                "1e-05s",
        .yields = "event='query'|qname='.'|rcode='NOERROR'|response_bytes=17"
                  "|duration_ns=10000 ",
    },
    {
        .line = "[ERROR] plugin/errors: 2 Orders.shop.svc.cluster.local. AAAA: "
                "dial tcp 10.133.0.3:53: i/o timeout",
        .yields = "event='error'|qname='orders.shop.svc.cluster.local.'"
                  "|qtype='AAAA'|operation='dial'|transport='tcp'"
                  "|upstream='10.133.0.3'|upstream_port=53|error='timeout'"
                  "|severity='error'|rcode='SERVFAIL'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: read udp "
                "10.244.0.5:43513->10.96.0.2:53: i/o timeout",
        .yields = "event='error'|operation='read'|transport='udp'"
                  "|local='10.244.0.5'|local_port=43513|upstream='10.96.0.2'"
                  "|upstream_port=53|error='timeout'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: read tcp "
                "[fd00::5]:43513->[fd00::2]:53: read: connection reset by peer",
        .yields = "error='reset'|local='fd00::5'|upstream='fd00::2'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: write udp "
                "10.0.0.5:4->10.0.0.2:53: write: operation not permitted",
        .yields = "operation='write'|error='not-permitted'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dial udp 10.0.0.2:53: "
                "connect: network is unreachable",
        .yields = "operation='dial'|error='unreachable'|transport='udp'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dial tcp 10.0.0.2:53: "
                "connect: no route to host",
        .yields = "error='no-route'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dial tcp 10.0.0.2:53: "
                "connect: connection refused",
        .yields = "error='refused'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. TYPE65: unexpected EOF",
        .yields = "error='eof'|qtype='TYPE65'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: no healthy proxies",
        .yields = "error='no-healthy-proxies'",
    },
    {
        .line = "[ERROR] plugin/errors: 5 a.b. A: concurrent queries exceeded "
                "maximum 1000",
        .yields = "error='max-concurrent'|rcode='REFUSED'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: dns: overflow unpacking "
                "uint16",
        .yields = "error='overflow'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 "
                "5304487033949309265.7264781733226064609.cluster.local. HINFO: "
                "dial tcp 10.233.0.3:53: i/o timeout",
        .yields = "event='error'|qtype='HINFO'|error='timeout'",
    },
    {
        .line = "[ERROR] plugin/errors: 2 a.b. A: something new",
        .yields = "event='error'|error='something new'",
    },
    {
        .line = "[ERROR] plugin/errors: 17 errors like '^read udp .* i/o "
                "timeout$' occurred in last 5m30s",
        .yields = "event='errors-consolidated'|error='timeout'"
                  "|duration_ns=330000000000 |17 errors",
    },
    {
        .line = ".:53",
        .yields = "event='listen'|qname='.'|local_port=53",
    },
    {
        .line = "tls://example.org.:853 on fd00::10",
        .yields = "event='listen'|qname='example.org.'|local='fd00::10'"
                  "|local_port=853",
    },
};
const size_t coredns_sample_count =
    sizeof coredns_samples / sizeof coredns_samples[0];
