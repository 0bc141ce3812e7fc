/* Probes that people paste: each shape, and the rows it must give. */
#include "objects_fixture.h"

static const struct reader_under_test transcript = { transcript_bid,
                                                     transcript_read };

static const struct shape shapes[] = {
    {
        .title = "dig over TCP, answered",
        .text =
            "[root@node1 ~]# dig +tries=1 +time=3 +tcp @10.133.90.3 "
            "Pay.default.svc.cluster.local\n"
            "\n"
            "; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> +tries=1 +time=3 +tcp "
            "@10.133.90.3 Pay.default.svc.cluster.local\n"
            "; (1 server found)\n"
            ";; global options: +cmd\n"
            ";; Got answer:\n"
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 28038\n"
            ";; QUESTION SECTION:\n"
            ";pay.default.svc.cluster.local. IN\tA\n"
            "\n"
            ";; ANSWER SECTION:\n"
            "pay.default.svc.cluster.local. 5 IN A\t10.133.12.34\n"
            "\n"
            ";; Query time: 12 msec\n"
            ";; SERVER: 10.133.90.3#53(10.133.90.3) (TCP)\n"
            ";; WHEN: Sun Nov 22 10:37:18 UTC 2026\n"
            ";; MSG SIZE  rcvd: 125\n\n",
        .least_bid = 90,
        .table = "probe",
        .count = 1,
        .rows = { { { "line=1 tool='dig' client='node1' server='10.133.90.3'",
                      "server_port=53 transport='tcp'",
                      "qname='pay.default.svc.cluster.local.' qtype='A'",
                      "result='NOERROR' duration_ns=12000000",
                      "at_ns=1795343838000000000" } } },
    },
    {
        .title = "dig: every way to fail, without and with header",
        .text =
            "$ dig +tcp @10.0.0.3 a.example\n"
            ";; Connection to 10.0.0.3#53(10.0.0.3) for a.example failed: "
            "timed out.\n"
            ";; no servers could be reached\n"
            "$ dig @10.0.0.4 a.example AAAA\n"
            ";; communications error to 10.0.0.4#53: connection refused\n"
            ";; communications error to 10.0.0.4#53: timed out\n"
            "\n"
            "; <<>> DiG 9.18.49 <<>> @10.0.0.4 a.example AAAA\n"
            ";; global options: +cmd\n"
            ";; no servers could be reached\n"
            "root@wk-2:~# dig @10.0.0.5 -p 5353 -x 10.1.2.3\n"
            ";; UDP setup with 10.0.0.5#5353(10.0.0.5) for 3.2.1.10.in-addr."
            "arpa failed: invalid file.\n"
            ";; no servers could be reached\n"
            "root@wk-2:~# dig @10.0.0.6 a.example\n"
            ";; communications error to 10.0.0.6#53: network unreachable\n"
            "root@wk-2:~# dig @10.0.0.7 a.example\n"
            ";; connection timed out; no servers could be reached\n",
        .least_bid = 90,
        .table = "probe",
        .count = 5,
        .rows = { { { "line=1 tool='dig' server='10.0.0.3'", "transport='tcp'",
                      "qname='a.example.'", "result='timeout'" } },
                  { { "line=4", "server='10.0.0.4'", "transport='udp'",
                      "qtype='AAAA' result='timeout'" } },
                  { { "line=11 tool='dig' client='wk-2' server='10.0.0.5'",
                      "server_port=5353",
                      "qname='3.2.1.10.in-addr.arpa.' qtype='PTR'",
                      "result='unreachable'" } },
                  { { "line=14", "result='unreachable'" } },
                  { { "line=16", "result='timeout'" } } },
    },
    {
        .title = "dig: a first try lost, the second answered",
        .text = "$ dig @10.0.0.4 a.example\n"
                ";; communications error to 10.0.0.4#53: timed out\n"
                "\n"
                "; <<>> DiG 9.18.49 <<>> @10.0.0.4 a.example\n"
                ";; ->>HEADER<<- opcode: QUERY, status: SERVFAIL, id: 1\n"
                ";; SERVER: 10.0.0.4#53(10.0.0.4) (UDP)\n"
                ";; MSG SIZE  rcvd: 12\n",
        .least_bid = 90,
        .table = "probe",
        .count = 1,
        .rows = { { { "result='SERVFAIL'" } } },
    },
    {
        .title = "dig without a prompt, in a loop",
        .text = "; <<>> DiG 9.11.36 <<>> @10.0.0.4 a.example +tcp\n"
                ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n"
                ";; MSG SIZE  rcvd: 12\n"
                "\n"
                "; <<>> DiG 9.11.36 <<>> @10.0.0.5 a.example +tcp\n"
                ";; connection timed out; no servers could be reached\n"
                ";; Connection to 10.0.0.6#53(10.0.0.6) for a.example failed: "
                "connection refused.\n",
        .least_bid = 85,
        .table = "probe",
        .count = 3,
        .rows = { { { "line=1 tool='dig' server='10.0.0.4'", "'tcp'",
                      "result='NOERROR'" } },
                  { { "line=5", "server='10.0.0.5'", "result='timeout'" } },
                  { { "line=7", "server='10.0.0.6'", "result='refused'" } } },
    },
    {
        .title = "dig +short in a pod",
        .text = "user@laptop:~/x$ kubectl exec -it -n shop front-1 -- dig "
                "+short a.example @10.96.0.10\n"
                "203.0.113.10\n"
                "user@laptop:~/x$ kubectl exec -it -n shop front-1 -- dig "
                "+short none.example\n",
        .least_bid = 90,
        .table = "probe",
        .count = 2,
        .rows = { { { "client='front-1' server='10.96.0.10'",
                      "result='answered'" } },
                  { { "qname='none.example.'", "result='failed'" } } },
    },
    {
        .title = "getent: several commands in one line, GNU time between",
        .text = "$ getent ahosts pay.default; echo rc=$?; getent ahosts "
                "api.example.com; echo rc=$?\n"
                "Command exited with non-zero status 2\n"
                "0.00user 0.00system 0:10.00elapsed 0%CPU (0avgtext+0avgdata "
                "2140maxresident)k\n"
                "0inputs+0outputs (0major+113minor)pagefaults 0swaps\n"
                "rc=2\n"
                "203.0.113.10    STREAM api.example.com\n"
                "203.0.113.10    DGRAM\n"
                "rc=0\n",
        .least_bid = 90,
        .table = "probe",
        .count = 2,
        .rows = { { { "line=1 tool='getent' qname='pay.default'",
                      "result='failed' duration_ns=10000000000" } },
                  { { "qname='api.example.com' result='answered'" } } },
    },
    {
        .title = "nslookup, BIND and busybox",
        .text = "/ # nslookup a.example 10.96.0.10\n"
                "Server:\t\t10.96.0.10\n"
                "Address:\t10.96.0.10#53\n"
                "\n"
                "** server can't find a.example: NXDOMAIN\n"
                "\n"
                "/ # nslookup b\n"
                "Server:    10.96.0.11\n"
                "Address 1: 10.96.0.11 kube-dns.kube-system\n"
                "\n"
                "Name:      b\n"
                "Address 1: 10.1.1.1\n"
                "dnstools# nslookup c\n"
                ";; connection timed out; no servers could be reached\n"
                "dnstools# nslookup -type=AAAA d\n"
                "nslookup: write to '10.96.0.10': Connection refused\n",
        .least_bid = 90,
        .table = "probe",
        .count = 4,
        .rows = { { { "tool='nslookup' server='10.96.0.10' server_port=53",
                      "qname='a.example' qtype='A' result='NXDOMAIN'" } },
                  { { "line=7", "server='10.96.0.11'",
                      "qname='b' qtype='A' result='NOERROR'" } },
                  { { "client='dnstools'", "qname='c'", "result='timeout'" } },
                  { { "qtype='AAAA' result='refused'" } } },
    },
    {
        .title = "ping: answered, lossy, dead, too big",
        .text =
            "[core@ip-10-0-1-5 ~]$ ping -c 3 -M do -s 1422 10.244.2.5\n"
            "PING 10.244.2.5 (10.244.2.5) 1422(1450) bytes of data.\n"
            "1430 bytes from 10.244.2.5: icmp_seq=1 ttl=62 time=0.5 ms\n"
            "3 packets transmitted, 3 received, 0% packet loss, time 2003ms\n"
            "rtt min/avg/max/mdev = 0.4/0.500/0.6/0.1 ms\n"
            "[core@ip-10-0-1-5 ~]$ ping -c 5 wk-2\n"
            "PING wk-2 (10.0.0.2) 56(84) bytes of data.\n"
            "5 packets transmitted, 3 received, 40% packet loss, time 4ms\n"
            "[core@ip-10-0-1-5 ~]$ ping -c 1 10.0.0.3\n"
            "PING 10.0.0.3 (10.0.0.3) 56(84) bytes of data.\n"
            "From 10.0.0.1 icmp_seq=1 Destination Host Unreachable\n"
            "1 packets transmitted, 0 received, +1 errors, 100% packet loss\n"
            "[core@ip-10-0-1-5 ~]$ ping -c 1 -s 1472 -M do 10.0.0.4\n"
            "PING 10.0.0.4 (10.0.0.4) 1472(1500) bytes of data.\n"
            "ping: local error: message too long, mtu=1450\n"
            "1 packets transmitted, 0 received, +1 errors, 100% packet loss\n",
        .least_bid = 90,
        .table = "probe",
        .count = 4,
        .rows = { { { "tool='ping' client='ip-10-0-1-5'", "server='10.244.2.5'",
                      "result='answered'", "duration_ns=500000" } },
                  { { "server='10.0.0.2'", "qname='wk-2'", "result='loss'" } },
                  { { "server='10.0.0.3'", "result='unreachable'" } },
                  { { "server='10.0.0.4'", "result='too-big'" } } },
    },
    {
        .title = "curl, nc and host",
        .text = "$ curl -m 5 http://10.96.7.7:8080/health\n"
                "curl: (28) Connection timed out after 5001 milliseconds\n"
                "$ curl -sv https://web.shop\n"
                "* Could not resolve host: web.shop\n"
                "curl: (6) Could not resolve host: web.shop\n"
                "$ nc -zv 10.96.0.10 53\n"
                "Connection to 10.96.0.10 53 port [tcp/domain] succeeded!\n"
                "$ ssh root@wk-9 host -t A a.example 10.96.0.10\n"
                "Host a.example not found: 3(NXDOMAIN)\n",
        .least_bid = 90,
        .table = "probe",
        .count = 4,
        .rows = { { { "tool='curl' server='10.96.7.7' server_port=8080",
                      "result='timeout'" } },
                  { { "qname='web.shop'", "result='failed'" } },
                  { { "tool='nc' server='10.96.0.10' server_port=53",
                      "result='answered'" } },
                  { { "tool='host' client='wk-9' server='10.96.0.10'",
                      "result='NXDOMAIN'" } } },
    },
    {
        .title = "a comment is no prompt",
        .text = "# host network is used here\nnameserver 10.96.0.10\n",
        .status = READ_NOT_UNDERSTOOD,
        .table = "probe",
        .count = 0,
    },
};

static void test_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        check_shape(&transcript, &shapes[i]);
}

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        read_every_prefix(&transcript, shapes[i].text, strlen(shapes[i].text));
}

/* What others read must not be taken from them. */
static void test_bids(void **state)
{
    static const struct {
        const char *text;
        int most;
    } others[] = {
        { "# host network is used here\nnameserver 10.96.0.10\n", 40 },
        { "[root@n ~]# netstat -s\nIp:\n    Forwarding: 1\n", 0 },
        { "$ kubectl get pods\nNAME   READY\n", 0 },
        { "[INFO] 10.1.1.1:5 - 1 \"A IN a. udp 1 false 512\" NOERROR\n", 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct reading reading = read_sample(&transcript, others[i].text);

        assert_true(reading.bid <= others[i].most);
        reading_deinit(&reading);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_bids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
