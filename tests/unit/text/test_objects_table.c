/* kubectl tables: every shape, and the rows it must give. */
#include "objects_fixture.h"

static const struct reader_under_test objects = { objects_bid, objects_read };

static const struct shape shapes[] = {
    {
        .title = "pods of all namespaces, a restart with its age",
        .text =
            "$ kubectl get pods -A -o wide\n"
            "NAMESPACE     NAME                       READY   STATUS           "
            "  "
            "RESTARTS       AGE     IP             NODE     NOMINATED NODE   "
            "READINESS GATES\n"
            "kube-system   coredns-558bd4d5db-2xk9p   1/1     Running          "
            "  "
            "3 (5h ago)     3d2h    10.244.1.7     wk-a-1   <none>           "
            "<none>\n"
            "shop          cart-0                     0/1     CrashLoopBackOff "
            "  "
            "12 (10s ago)   17m     <none>         <none>   <none>           "
            "<none>\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "line=3 kind='pod' namespace='kube-system'",
                      "name='coredns-558bd4d5db-2xk9p'", "node='wk-a-1'",
                      "address='10.244.1.7'", "phase='Running'", "is_ready=1",
                      "restarts=3", "detail='last restart=(5h ago)'" } },
                  { { "line=4", "name='cart-0' phase='CrashLoopBackOff'",
                      "is_ready=0", "restarts=12" } } },
    },
    {
        .title = "no NAMESPACE column: the command's namespace",
        .text = "[root@m1 ~]# kubectl -n kube-system get po -owide\n"
                "NAME      READY   STATUS    RESTARTS   AGE   IP        NODE   "
                "NOMINATED NODE   READINESS GATES\n"
                "dns-abc   2/2     Running   0          5m    fd00::7   m1     "
                "<none>           <none>\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "namespace='kube-system'", "name='dns-abc'",
                      "address='fd00::7'", "restarts=0" } } },
    },
    {
        .title = "blanks lost on the way",
        .text = "NAMESPACE NAME READY STATUS RESTARTS AGE IP NODE NOMINATED "
                "NODE READINESS GATES\n"
                "kube-system coredns-1 1/1 Running 3 (5h ago) 3d 10.0.1.2 n2 "
                "<none> <none>\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "name='coredns-1'", "node='n2'", "address='10.0.1.2'",
                      "restarts=3" } } },
    },
    {
        .title = "nodes, one cordoned and one down",
        .text = "NAME   STATUS                     ROLES           AGE    "
                "VERSION   INTERNAL-IP     EXTERNAL-IP   OS-IMAGE             "
                "KERNEL-VERSION      CONTAINER-RUNTIME\n"
                "a      Ready,SchedulingDisabled   control-plane   4h2m   "
                "v1.24.6   192.168.60.11   <none>        Ubuntu 22.04.3 LTS   "
                "5.15.0-84-generic   containerd://1.6.8\n"
                "b      NotReady                   <none>          4h2m   "
                "v1.24.6   192.168.60.12   <none>        Ubuntu 22.04.3 LTS   "
                "5.15.0-84-generic   containerd://1.6.8\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "kind='node'", "name='a'", "address='192.168.60.11'",
                      "phase='Ready,SchedulingDisabled'", "is_ready=1",
                      "version=v1.24.6; kernel=5.15.0-84-generic",
                      "os=Ubuntu 22.04.3 LTS" } },
                  { { "name='b'", "is_ready=0", "phase='NotReady'" } } },
    },
    {
        .title = "services: node ports, headless, none",
        .text = "NAMESPACE   NAME       TYPE        CLUSTER-IP   EXTERNAL-IP   "
                "PORT(S)                     AGE   SELECTOR\n"
                "kube-sys    kube-dns   ClusterIP   10.96.0.10   <none>        "
                "53/UDP,53/TCP,9153/TCP      4h    k8s-app=kube-dns\n"
                "web         front      NodePort    10.96.7.7    <none>        "
                "80:31234/TCP,53:30053/UDP   4h    <none>\n"
                "web         db         ClusterIP   None         <none>        "
                "<none>                      4h    app=db\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 3,
        .rows = { { { "kind='service' namespace='kube-sys' name='kube-dns'",
                      "address='10.96.0.10'", "ports='53/UDP,53/TCP,9153/TCP'",
                      "selector=k8s-app=kube-dns" } },
                  { { "name='front'", "ports='80/TCP,53/UDP'" } },
                  { { "name='db' detail=", "clusterIP=None" } } },
    },
    {
        .title = "endpoints: cut short, and a service without any",
        .text = "NAMESPACE     NAME      ENDPOINTS                             "
                "     "
                "                AGE\n"
                "kube-system   coredns   "
                "10.1.90.3:53,10.1.96.4:53,10.1.90.3:9153 + 3 more...   4h\n"
                "shop          cart      <none>                                "
                "     "
                "                4h\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 3,
        .rows = { { { "kind='endpoint'", "name='coredns'",
                      "address='10.1.90.3'", "is_ready=1",
                      "ports='53/?,9153/?'", "detail='not shown=3'" } },
                  { { "address='10.1.96.4'", "ports='53/?'" } },
                  { { "line=3", "name='cart'" } } },
    },
    {
        .title = "endpoint slices are named after their service",
        .text = "NAMESPACE     NAME             ADDRESSTYPE   PORTS        "
                "ENDPOINTS                      AGE\n"
                "kube-system   kube-dns-lk4zx   IPv4          53,9153,53   "
                "10.1.1.1,10.1.1.2 + 1 more...  4h\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "name='kube-dns'", "address='10.1.1.1'",
                      "ports='53/?,9153/?'",
                      "slice=kube-dns-lk4zx; not shown=1" } } },
    },
    {
        .title = "get all: several tables, kinds in the names",
        .text = "NAME           READY   STATUS    RESTARTS   AGE\n"
                "pod/dns-aaaa   1/1     Running   0          5m\n"
                "\n"
                "NAME               TYPE        CLUSTER-IP   EXTERNAL-IP   "
                "PORT(S)   AGE\n"
                "service/kube-dns   ClusterIP   10.9.0.10    <none>        "
                "53/UDP    5m\n"
                "\n"
                "NAME                  READY   UP-TO-DATE   AVAILABLE   AGE\n"
                "deployment.apps/dns   1/1     1            1           5m\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 2,
        .rows = { { { "kind='pod'", "name='dns-aaaa' phase='Running'" } },
                  { { "line=5 kind='service'", "name='kube-dns'" } },
                  { { "anomaly:", "name='objects.kind-not-used' line=8",
                      "row of another table=1" } } },
    },
    {
        .title = "labels",
        .text = "NAME   READY   STATUS    RESTARTS   AGE   LABELS\n"
                "x-1    1/1     Running   0          5m    "
                "k8s-app=kube-dns,pod-template-hash=1\n",
        .least_bid = 90,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "app='kube-dns'" } } },
    },
    {
        .title = "a line that is no row",
        .text = "NAME   READY   STATUS    RESTARTS   AGE\n"
                "x-1    1/1     Running   0          5m\n"
                "Unable To Continue\n",
        .least_bid = 90,
        .status = READ_PARTLY,
        .table = "kube_object",
        .count = 1,
        .rows = { { { "objects.row-not-understood", "line=3" } } },
    },
    {
        .title = "events and top are tables, of which nothing is used",
        .text = "LAST SEEN   TYPE      REASON      OBJECT      MESSAGE\n"
                "2m          Warning   Unhealthy   pod/c-1     probe failed\n"
                "\n"
                "NAME   CPU(cores)   MEMORY(bytes)\n"
                "c-1    120m         169Mi\n",
        .table = "anomaly",
        .least_bid = 50,
        .count = 1,
        .rows = { { { "name='objects.kind-not-used'",
                      "row of another table=2" } } },
    },
    {
        .title = "nothing found is an answer",
        .text = "No resources found in kube-system namespace.\n",
        .least_bid = 40,
        .table = "anomaly",
        .count = 0,
    },
    {
        .title = "kubectl refused",
        .text = "Error from server (Forbidden): pods is forbidden: User \"x\" "
                "cannot list resource \"pods\"\n",
        .least_bid = 40,
        .status = READ_PARTLY,
        .table = "kube_object",
        .count = 0,
        .rows = { { { "objects.kubectl-error", "is forbidden" } } },
    },
    {
        .title = "not ours",
        .text = "Ip:\n    Forwarding: 1\nNAMES are many\n",
        .status = READ_NOT_UNDERSTOOD,
        .table = "kube_object",
        .count = 0,
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

/* PowerShell writes UTF-16 with a byte order mark and CR LF. */
static void test_utf16(void **state)
{
    static const char table[] = "NAME   READY   STATUS    RESTARTS   AGE\r\n"
                                "x-1    1/1     Running   0          5m\r\n";
    char wide[sizeof table * 2] = "\xff\xfe";
    struct reading reading;

    (void)state;
    for (size_t i = 0; i + 1 < sizeof table; i++)
        wide[2 + i * 2] = table[i];
    reading = read_bytes(&objects, wide, sizeof table * 2);
    assert_int_equal(reading.status, READ_WHOLE);
    assert_true(row_text_has(&reading.rows, "kube_object:", "line=2",
                             "name='x-1'", NULL));
    reading_deinit(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_every_prefix),
        cmocka_unit_test(test_utf16),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
