/* Objects in JSON and YAML: each shape, and the rows it must give. */
#include "objects_fixture.h"

static const struct reader_under_test objects = { objects_bid, objects_read };

static const char pod_json[] =
    "{\n"
    "  \"apiVersion\": \"v1\",\n"
    "  \"items\": [\n"
    "    {\n"
    "      \"apiVersion\": \"v1\", \"kind\": \"Pod\",\n"
    "      \"metadata\": {\"name\": \"dns-1\", \"namespace\": "
    "\"kube-system\",\n"
    "        \"uid\": \"u-1\", \"labels\": {\"app.kubernetes.io/name\": "
    "\"coredns\"},\n"
    "        \"managedFields\": [{\"a\": [1, {\"b\": 2}]}]},\n"
    "      \"spec\": {\"nodeName\": \"n1\", \"dnsPolicy\": \"Default\",\n"
    "        \"containers\": [{\"name\": \"c\", \"image\": "
    "\"r/coredns:1.9\"}]},\n"
    "      \"status\": {\"phase\": \"Running\", \"hostIP\": \"10.0.0.1\",\n"
    "        \"podIP\": \"10.244.0.5\",\n"
    "        \"podIPs\": [{\"ip\": \"10.244.0.5\"}, {\"ip\": \"fd00::5\"}],\n"
    "        \"conditions\": [{\"type\": \"Ready\", \"status\": \"False\"}],\n"
    "        \"containerStatuses\": [\n"
    "          {\"restartCount\": 2, \"state\": {\"waiting\": {\"reason\":\n"
    "            \"CrashLoopBackOff\"}}}, {\"restartCount\": 1}]}\n"
    "    }\n"
    "  ],\n"
    "  \"kind\": \"List\"\n"
    "}\n";

static const char node_yaml[] =
    "apiVersion: v1\n"
    "items:\n"
    "- apiVersion: v1\n"
    "  kind: Node\n"
    "  metadata:\n"
    "    annotations:\n"
    "      flannel.alpha.coreos.com/backend-data: "
    "'{\"VNI\":1,\"VtepMAC\":\"be:03:aa:00:00:01\"}'\n"
    "      flannel.alpha.coreos.com/public-ip: 10.0.0.7\n"
    "      projectcalico.org/IPv4VXLANTunnelAddr: 192.168.16.128\n"
    "      node.alpha.kubernetes.io/ttl: \"0\"\n"
    "    name: n7\n"
    "  status:\n"
    "    addresses:\n"
    "    - {address: 10.0.0.7, type: InternalIP}\n"
    "    - {address: n7, type: Hostname}\n"
    "    conditions:\n"
    "    - {status: \"True\", type: Ready}\n"
    "    nodeInfo: {kernelVersion: 5.15.0, kubeletVersion: v1.27.1}\n"
    "kind: NodeList\n";

static const struct shape shapes[] = {
    {
        .title = "a List of pods in two families",
        .text = pod_json,
        .least_bid = 95,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "line=4 kind='pod' namespace='kube-system' name='dns-1'",
                      "uid='u-1' node='n1' address='10.244.0.5'",
                      "host_address='10.0.0.1' is_host_network=0",
                      "phase='Running' is_ready=0 restarts=3", "app='coredns'",
                      "dnsPolicy=Default", "image=r/coredns:1.9",
                      "waiting=CrashLoopBackOff" } },
                  { { "address='fd00::5'" } },
                  { { "clue:", "name='format' value='kubectl json'" } } },
    },
    {
        .title = "compact JSON, host network, no address yet",
        .text =
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":"
            "\"p\\u0041\\ud83d\\ude00\",\"namespace\":\"x\"},\"spec\":{"
            "\"hostNetwork\":true},\"status\":{\"phase\":\"Pending\"}}",
        .least_bid = 95,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "line=1", "name='pA\xf0\x9f\x98\x80'",
                      "is_host_network=1", "phase='Pending'" } } },
    },
    {
        .title = "items of a typed list have no kind",
        .text = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},"
                "\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":{},"
                "\"status\":{\"podIP\":\"10.1.1.1\"}}]}\n",
        .least_bid = 95,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "name='a'", "address='10.1.1.1'" } } },
    },
    {
        .title = "an array without kinds is told by its shape",
        .text = "[{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[]}},"
                "\n{\"metadata\":{\"name\":\"s\"},\"spec\":{\"clusterIP\":"
                "\"10.9.9.9\",\"ports\":[{\"port\":53,\"protocol\":\"UDP\"},"
                "{\"port\":53}]}}]",
        .least_bid = 80,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "kind='pod'", "name='a'" } },
                  { { "line=2 kind='service'", "address='10.9.9.9'",
                      "ports='53/UDP,53/TCP'" } } },
    },
    {
        .title = "documents after each other, as cluster-info dump writes",
        .text = "{\n    \"kind\": \"NodeList\", \"apiVersion\": \"v1\",\n"
                "    \"items\": [{\"metadata\": {\"name\": \"n\"}}]\n}\n"
                "{\n    \"kind\": \"ServiceList\", \"apiVersion\": \"v1\",\n"
                "    \"items\": [{\"metadata\": {\"name\": \"s\"}}]\n}\n"
                "==== START logs for container c of pod x/y ====\n"
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"not-this\"}}\n"
                "==== END logs for container c of pod x/y ====\n"
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"last\"}}\n",
        .least_bid = 95,
        .table = "kube_object",
        .count = 3,
        .rows = { { { "line=3 kind='node'", "name='n'" } },
                  { { "line=7 kind='service'", "name='s'" } },
                  { { "line=12 kind='pod'", "name='last'" } } },
    },
    {
        .title = "the logs at the end of a dump are read, each its pod's",
        .text = "{\n    \"kind\": \"NodeList\", \"apiVersion\": \"v1\",\n"
                "    \"items\": [{\"metadata\": {\"name\": \"n\"}}]\n}\n"
                "==== START logs for container coredns of pod k/c-1 ====\n"
                "[ERROR] plugin/errors: 2 example.com. A: read udp "
                "10.42.0.7:41000->10.20.0.2:53: i/o timeout\r\n"
                "==== END logs for container coredns of pod k/c-1 ====\n"
                "==== START logs for container coredns of pod k/c-2 ====\n"
                "[ERROR] plugin/errors: 2 example.org. A: read udp "
                "10.42.0.8:41000->10.20.0.2:53: i/o timeout\n",
        .least_bid = 95,
        .table = "log_event",
        .count = 2,
        .rows = { { { "line=6", "pod='c-1'", "name='example.com.'" } },
                  { { "line=9", "pod='c-2'", "name='example.org.'" } } },
    },
    {
        .title = "an answer of Loki: lines with times, pods and nodes",
        .text =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\","
            "\"result\":[\n{\"stream\":{\"pod\":\"c-1\",\"node_name\":"
            "\"w1\",\"odd\":\"a\\\"b\"},\n\"values\":[[\"1795342710000000001"
            "\",\"[ERROR] plugin/errors: 2 example.com. A: read udp "
            "10.42.0.7:41000->10.20.0.2:53: i/o timeout\"],[\"x\",\"y\"],"
            "[\"5\"],7]},\n{\"stream\":{\"pod\":\"c-2\"},\"values\":[["
            "\"1795342711000000000\",\"[ERROR] plugin/errors: 2 "
            "example.org. A: read udp 10.42.0.8:41000->10.20.0.2:53: i/o "
            "timeout\"]]}]}}\n",
        .least_bid = 95,
        .table = "log_event",
        .count = 2,
        .rows = { { { "pod='c-1'", "node='w1'", "at_ns=1795342710000000001" } },
                  { { "pod='c-2'", "at_ns=1795342711000000000" } } },
    },
    {
        .title = "lines that Grafana exports, and one of them without a line",
        .text =
            "[{\"line\":\"[ERROR] plugin/errors: 2 example.com. A: read udp "
            "10.42.0.7:41000->10.20.0.2:53: i/o timeout\",\"timestamp\":"
            "\"1795342710000000001\",\"fields\":{\"pod\":\"c-1\"}},\n"
            "{\"timestamp\":\"1\",\"fields\":{}}]\n",
        .least_bid = 95,
        .table = "log_event",
        .count = 1,
        .rows = { { { "pod='c-1'", "at_ns=1795342710000000001" } } },
    },
    {
        .title = "the file was cut off: what is whole is kept",
        .text = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[\n"
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}},\n"
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"},\"sp",
        .least_bid = 95,
        .status = READ_PARTLY,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "name='a'" } }, { { "objects.truncated", "line=3" } } },
    },
    {
        .title = "a broken document costs itself only",
        .text = "{\"kind\":\"Pod\",,\n \"metadata\":{\"name\":\"a\"}}\n"
                "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}\n",
        .least_bid = 95,
        .status = READ_PARTLY,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "name='b'" } }, { { "objects.malformed", "line=1" } } },
    },
    {
        .title = "nodes in YAML with what CNIs note on them",
        .text = node_yaml,
        .least_bid = 95,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "line=3 kind='node'", "name='n7' address='10.0.0.7'",
                      "phase='Ready' is_ready=1",
                      "version=v1.27.1; kernel=5.15.0" } },
                  { { "setting:", "line=7 source='node annotation'",
                      "interface=''",
                      "'n7/flannel.alpha.coreos.com/backend-data.VtepMAC'",
                      "value='be:03:aa:00:00:01'" } },
                  { { "backend-data.VNI' value='1'" } },
                  { { "'n7/projectcalico.org/IPv4VXLANTunnelAddr'",
                      "value='192.168.16.128'" } } },
    },
    {
        .title = "YAML documents with a prompt before and a bad one between",
        .text = "[root@m1 ~]# kubectl get svc,ep x -o yaml\n"
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n"
                "spec:\n  clusterIP: None\n  clusterIPs:\n  - None\n"
                "  selector:\n    k8s-app: kube-dns\n"
                "---\nkind: Pod\nmetadata: {name: [\n"
                "---\n"
                "apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: s\n"
                "subsets:\n- addresses:\n  - ip: 10.1.1.1\n    nodeName: n1\n"
                "    targetRef: {kind: Pod, name: dns-1}\n"
                "  notReadyAddresses:\n  - ip: 10.1.1.2\n"
                "  ports:\n  - {port: 53, protocol: UDP}\n"
                "[root@m1 ~]# kubectl get cm y -o yaml\n"
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: last\n",
        .least_bid = 95,
        .status = READ_PARTLY,
        .table = "kube_object",
        .count = 4,
        .rows = { { { "line=2 kind='service'", "name='s'",
                      "selector=k8s-app=kube-dns; clusterIP=None" } },
                  { { "objects.malformed" } },
                  { { "line=22 kind='endpoint'", "name='s' node='n1'",
                      "address='10.1.1.1' is_ready=1 ports='53/UDP'",
                      "target='dns-1'" } },
                  { { "address='10.1.1.2' is_ready=0" } },
                  { { "name='last'" } } },
    },
    {
        .title = "endpoint slices, with and without readiness",
        .text = "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n"
                "addressType: IPv4\n"
                "metadata:\n  name: kube-dns-abcde\n  namespace: k\n"
                "  labels:\n    kubernetes.io/service-name: kube-dns\n"
                "endpoints:\n"
                "- addresses: [10.2.0.1]\n  conditions: {ready: true}\n"
                "  nodeName: n2\n"
                "- addresses: [10.2.0.2]\n  conditions: {ready: false}\n"
                "- addresses: [10.2.0.3]\n"
                "ports:\n- port: 53\n  protocol: UDP\n",
        .least_bid = 95,
        .table = "kube_object",
        .count = 3,
        .rows = { { { "line=10", "name='kube-dns' node='n2'",
                      "address='10.2.0.1' is_ready=1 ports='53/UDP'",
                      "slice=kube-dns-abcde" } },
                  { { "address='10.2.0.2' is_ready=0" } },
                  { { "address='10.2.0.3' is_ready=1" } } },
    },
    {
        .title = "Calico's and the operator's settings; a Node that is not v1",
        .text = "apiVersion: crd.projectcalico.org/v1\n"
                "kind: FelixConfiguration\nmetadata: {name: default}\n"
                "spec:\n  vxlanPort: 4790\n"
                "  featureDetectOverride: ChecksumOffloadBroken=true\n"
                "---\napiVersion: projectcalico.org/v3\nkind: IPPool\n"
                "metadata: {name: pool-a}\n"
                "spec: {cidr: 10.133.0.0/16, vxlanMode: CrossSubnet}\n"
                "---\napiVersion: operator.tigera.io/v1\nkind: Installation\n"
                "spec:\n  calicoNetwork:\n    mtu: 1400\n    ipPools:\n"
                "    - encapsulation: VXLAN\n"
                "---\napiVersion: projectcalico.org/v3\nkind: Node\n"
                "metadata: {name: n1}\nspec: {vxlanTunnelMACAddr: 66:00}\n",
        .least_bid = 95,
        .table = "kube_object",
        .count = 0,
        .rows = { { { "line=5 source='FelixConfiguration' interface=''",
                      "name='vxlanPort' value='4790'" } },
                  { { "name='featureDetectOverride'",
                      "value='ChecksumOffloadBroken=true'" } },
                  { { "source='IPPool'", "name='pool-a/vxlanMode'",
                      "value='CrossSubnet'" } },
                  { { "source='Installation'",
                      "name='calicoNetwork.ipPools[0].encapsulation'" } },
                  { { "name='calicoNetwork.mtu' value='1400'" } },
                  { { "source='calico Node'",
                      "name='n1/vxlanTunnelMACAddr'" } } },
    },
    {
        .title = "ConfigMaps of kube-proxy, flannel and Cilium",
        .text =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy}\n"
            "data:\n  config.conf: |-\n"
            "    apiVersion: kubeproxy.config.k8s.io/v1alpha1\n"
            "    kind: KubeProxyConfiguration\n"
            "    iptables:\n      masqueradeAll: false\n    mode: ipvs\n"
            "---\napiVersion: v1\nkind: ConfigMap\n"
            "metadata: {name: kube-flannel-cfg}\n"
            "data:\n  net-conf.json: |\n"
            "    {\"Network\":\"10.244.0.0/16\",\n"
            "     "
            "\"Backend\":{\"Type\":\"vxlan\",\"Port\":4789,\"VNI\":4096}}\n"
            "---\napiVersion: v1\nkind: ConfigMap\n"
            "metadata: {name: cilium-config}\n"
            "data: {tunnel-protocol: vxlan, etcd-password: hush}\n",
        .least_bid = 95,
        .table = "setting",
        .count = 9,
        .rows = { { { "line=10 source='kube-proxy'", "name='mode'",
                      "value='ipvs'" } },
                  { { "name='iptables.masqueradeAll' value='false'" } },
                  { { "line=18 source='flannel'", "name='Backend.Port'",
                      "value='4789'" } },
                  { { "name='Backend.VNI' value='4096'" } },
                  { { "source='cilium-config'", "name='tunnel-protocol'" } } },
    },
    {
        .title = "calico-node's environment",
        .text = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: x}\n"
                "spec:\n  template:\n    spec:\n      containers:\n"
                "      - name: calico-node\n        env:\n"
                "        - name: FELIX_FEATUREDETECTOVERRIDE\n"
                "          value: ChecksumOffloadBroken=true\n"
                "        - {name: NODENAME, value: x}\n",
        .least_bid = 95,
        .table = "setting",
        .count = 1,
        .rows = { { { "source='calico-node env'",
                      "name='FELIX_FEATUREDETECTOVERRIDE'" } } },
    },
    {
        .title = "kinds that are not used are counted, secrets too",
        .text = "apiVersion: v1\nkind: List\nitems:\n"
                "- {apiVersion: v1, kind: Secret, data: {Corefile: aHVzaA==}}\n"
                "- {apiVersion: apps/v1, kind: Deployment}\n"
                "- {apiVersion: apps/v1, kind: Deployment}\n"
                "- {apiVersion: v1, kind: ConfigMap, data: {a: b}}\n",
        .least_bid = 95,
        .table = "kube_object",
        .count = 0,
        .rows = { { { "objects.kind-not-used' line=4", "packets=4",
                      "Secret=1; Deployment=2; ConfigMap=1" } } },
    },
    {
        .title = "YAML objects with nothing but a comment between",
        .text = "#pods\napiVersion: v1\nitems:\n- kind: Pod\n"
                "  metadata: {name: a}\nkind: List\n"
                "#nodes\napiVersion: v1\nitems:\n- kind: Node\n"
                "  metadata: {name: b}\nkind: List\n"
                "apiVersion: v1\nkind: Service\nmetadata: {name: c}\n",
        .least_bid = 95,
        .table = "kube_object",
        .count = 3,
        .rows = { { { "line=4 kind='pod'", "name='a'" } },
                  { { "line=10 kind='node'", "name='b'" } },
                  { { "line=13 kind='service'", "name='c'" } } },
    },
    {
        .title = "lists in a list",
        .text =
            "[{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":["
            "{\"metadata\":{\"name\":\"a\"}}]},{\"kind\":\"List\","
            "\"items\":[{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}]}]",
        .least_bid = 95,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "kind='pod'", "name='a'" } }, { { "name='b'" } } },
    },
    {
        .title = "ip -j addr is JSON of others",
        .text = "[{\"ifindex\":1,\"ifname\":\"lo\"}]",
        .least_bid = 0,
        .table = "kube_object",
        .count = 0,
        .rows = { { { "objects.kind-not-used", "no kind=1" } } },
    },
};

static void test_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        check_shape(&objects, &shapes[i]);
}

static void test_every_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        read_every_prefix(&objects, shapes[i].text, strlen(shapes[i].text));
}

static void test_secrets_stay_out(void **state)
{
    static const char text[] =
        "{\"kind\":\"SecretList\",\"apiVersion\":\"v1\",\"items\":[{"
        "\"metadata\""
        ":{\"name\":\"s\"},\"type\":\"Opaque\",\"data\":{\"Corefile\":"
        "\"hush {\\n hush\\n}\"}}]}\n"
        "{\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"s\"},"
        "\"type\":\"Opaque\",\"data\":{\"Corefile\":\"hush {\\n "
        "hush\\n}\"}}]}\n";
    struct reading reading = read_sample(&objects, text);

    (void)state;
    assert_null(strstr(reading.rows.text, "hush"));
    assert_true(row_text_has(&reading.rows, "kind-not-used", "Secret=2", NULL));
    reading_deinit(&reading);
}

/* A hostile file: 100,000 open brackets, in each syntax. */
static void test_depth(void **state)
{
    static const char json[] = "{\"kind\":\"Pod\",\"metadata\":";
    static const char yaml[] = "kind: Pod\nmetadata: ";
    char *text = malloc(100200);
    struct reading reading;

    (void)state;
    memset(text, '[', 100200);
    memcpy(text, json, sizeof json - 1);
    reading = read_bytes(&objects, text, 100000);
    assert_int_equal(reading.status, READ_PARTLY);
    assert_true(row_text_has(&reading.rows, "objects.too-deep", NULL));
    reading_deinit(&reading);
    memset(text, '[', 100200);
    memcpy(text, yaml, sizeof yaml - 1);
    reading = read_bytes(&objects, text, 100000);
    assert_int_equal(reading.status, READ_PARTLY);
    reading_deinit(&reading);
    free(text);
}

/* One object larger than any may be is cut, and the next is whole again. */
static void test_size(void **state)
{
    static const char start[] =
        "[{\"kind\":\"Pod\",\"metadata\":{\"name\":\"big\",\"labels\":{";
    static const char end[] = "\"z\":1}}},{\"kind\":\"Pod\",\"metadata\":"
                              "{\"name\":\"after\"}}]";
    FILE *file = tmpfile();
    struct reading reading;

    (void)state;
    assert_non_null(file);
    fputs(start, file);
    for (int i = 0; i < 300000; i++)
        fprintf(file, "\"k%d\":\"v\",", i);
    fputs(end, file);
    fflush(file);
    reading = read_descriptor(&objects, fileno(file), "big.json");
    assert_int_equal(reading.status, READ_PARTLY);
    assert_true(row_text_has(&reading.rows, "objects.too-big", NULL));
    assert_true(row_text_has(&reading.rows, "name='big'", NULL));
    assert_true(row_text_has(&reading.rows, "name='after'", NULL));
    reading_deinit(&reading);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_secrets_stay_out),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
