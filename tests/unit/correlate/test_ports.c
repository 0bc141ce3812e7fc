/* Behind which port a question to port 53 is answered, by every source that
 * may say so. */
#include "correlate/correlate.h"

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char ground[] =
    "INSERT INTO evidence VALUES (1, 'a', 1, '', 'capture', 'pcap', 'a', '',"
    " NULL, NULL, NULL, 'read', NULL, 1000, 1, 1000, 900000000000, NULL);"
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name,"
    " address, ports) VALUES (1, 1, 'service', 'openshift-dns', 'dns-default',"
    " x'ac1e000a', '53/UDP,53/TCP,9154/TCP'), (1, 2, 'service', 'shop', 'api',"
    " x'ac1e0063', '80/TCP');";

#define RULE(chain, target, comment, destination_port, to_port)          \
    "INSERT INTO firewall_rule (evidence_id, line, backend, table_name," \
    " chain, position, target, destination_port, to_address, to_port,"   \
    " comment, rule) VALUES (1, 1, '', 'nat', '" chain "', 1, '" target  \
    "', " destination_port ", x'0a800005', " to_port ", '" comment "', '');"
#define ENTRY(destination_port)                                                \
    "INSERT INTO conntrack (evidence_id, line, protocol, source, destination," \
    " source_port, destination_port, reply_source, reply_destination,"         \
    " reply_source_port, reply_destination_port, is_unreplied) VALUES (1, 1,"  \
    " 17, x'0a800009', x'ac1e000a', 4000, " destination_port                   \
    ", x'0a800005', x'0a800009', 5353, 4000, 0);"
#define ENDPOINT(service, ports)                                         \
    "INSERT INTO kube_object (evidence_id, line, kind, namespace, name," \
    " address, ports) VALUES (1, 3, 'endpoint', " service                \
    ", x'0a800005', '" ports "');"
#define EXCHANGE(state)                                                     \
    "INSERT INTO dns_exchange (evidence_id, number, interface, depth,"      \
    " tunnel, transport, client, client_port, server, server_port, dns_id," \
    " qname, qtype, asked_ns, last_asked_ns, attempts, state, identity)"    \
    " VALUES (1, 1, 0, 0, '', 'udp', x'0a800009', 4000, x'0a800005', 5353," \
    " 7, 'a.b.', 'A', 1000000000, 1000000000, 1, '" state "', 1);"

static const struct {
    const char *name;
    const char *rows;
    bool is_dns_port; /* 5353 */
} sources[] = {
    { "nothing", "", false },
    { "a question that was captured", EXCHANGE("unanswered"), true },
    { "a message that cannot be read", EXCHANGE("malformed"), false },
    { "rules of the service",
      RULE("KUBE-SERVICES", "KUBE-SVC-A",
           "openshift-dns/dns-default:dns cluster IP", "'53'", "NULL")
          RULE("KUBE-SEP-A", "DNAT", "openshift-dns/dns-default:dns", "NULL",
               "5353"),
      true },
    { "rules of another service",
      RULE("KUBE-SERVICES", "KUBE-SVC-A",
           "openshift-dns/dns-default:dns cluster IP", "'53'", "NULL")
          RULE("KUBE-SEP-A", "DNAT", "shop/api:http", "NULL", "5353"),
      false },
    { "rules without a comment",
      RULE("KUBE-SERVICES", "KUBE-SVC-A", "", "'53'", "NULL")
          RULE("KUBE-SEP-A", "DNAT", "", "NULL", "5353"),
      false },
    { "connection tracking", ENTRY("53"), true },
    { "connection tracking of others", ENTRY("80"), false },
    { "endpoints of the service",
      ENDPOINT("'openshift-dns', 'dns-default'", "5353/UDP,5353/TCP,9154/TCP"),
      true },
    { "endpoints over TCP alone",
      ENDPOINT("'openshift-dns', 'dns-default'", "5353/TCP"), false },
    { "endpoints of another service", ENDPOINT("'shop', 'api'", "5353/UDP"),
      false },
    { "ports that are none",
      ENDPOINT("'openshift-dns', 'dns-default'", "\"],5353/UDP"), false },
};

static void each_source_tells(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        struct failure failure = { 0 };
        struct store *store = store_open(NULL, STORE_TEMPORARY, &failure);
        int64_t count = -1;

        assert_non_null(store);
        assert_true(store_begin(store, &failure));
        assert_true(store_execute(store, ground, &failure));
        assert_true(store_execute(store, sources[i].rows, &failure));
        assert_true(store_commit(store, &failure));
        assert_true(correlate(store, &failure));
        assert_true(store_integer(store,
                                  "SELECT count(*) FROM dns_port"
                                  " WHERE port IN (53, 5353)",
                                  -1, &count, &failure));
        if (count != (sources[i].is_dns_port ? 2 : 1))
            fail_msg("%s: %d", sources[i].name, (int)count);
        store_close(store);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_source_tells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
