-- sign: endpoint-without-pod
-- title: The DNS service sends to an address without a running pod
-- group: endpoint
-- needs: endpoints, pods
-- says: the DNS service still sends to {endpoint}, where no ready pod runs ({state})
SELECT ref AS ref,
       'endpoint ' || endpoint || ' of the DNS service: ' || state AS says,
       'endpoint ' || endpoint AS component, endpoint AS endpoint,
       state AS state, node AS to_node
FROM v_endpoint_without_pod
ORDER BY endpoint, ref;
