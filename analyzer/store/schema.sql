-- The case file: what the evidence says, each fact with its place in the
-- evidence. This file is the project's vocabulary; it runs as it is in the
-- sqlite3 shell.
--
-- Conventions. Times (*_ns) are integers, nanoseconds since 1970-01-01 UTC as
-- the clock of the machine that wrote the evidence gave them. Addresses are
-- BLOBs of 4 or 16 bytes in network order. `frame` counts the packets of a
-- capture from 1, `line` the lines of a text from 1. The packets of a capture
-- that was pasted as text have no number: their `frame` is 1099511627776
-- (2^40) and the line that shows them; ref() knows. What such a text does not
-- show of them is 0 (a port), and where it gives no date, times are before
-- 1970, each file's on days of its own: order and differences are right. `depth` is the number of
-- tunnels around a header: 0 is the outermost. Directions are seen from the
-- network namespace that owns the interface: 'out' is sent through it, 'in' is
-- received, '' is not known. NULL is "the evidence does not say".
--
-- Tables of the first part are filled by the readers, one evidence file each
-- and without a look at any other file. Tables of the second part (from
-- `vantage` on) are derived from them by correlate/, and can be made again.

PRAGMA application_id = 0x77636173; -- "wcas"
PRAGMA user_version = 1;

-- Every file of the bundle, read or not.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,             -- inside the bundle; ARCHIVE/PATH inside an archive
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,           -- of the content; '' if it could not be read
    kind TEXT NOT NULL,             -- 'capture' 'capture-text' 'log' 'snapshot' 'objects' 'transcript' 'notes' 'archive' 'document' 'unknown'
    format TEXT NOT NULL,           -- 'pcapng', 'netstat -s', ...; '' if not understood
    node TEXT,                      -- host it speaks of
    netns TEXT,                     -- '' the host's, else the pod's name; NULL not known
    interface TEXT,                 -- for captures and per-interface snapshots
    taken_ns INTEGER,               -- when it was taken, for snapshots
    taken_is TEXT,                  -- 'stated' 'sibling' 'name' 'mtime'; how the time is known
    status TEXT NOT NULL,           -- 'read' 'partly read' 'not understood' 'refused'
    why TEXT,                       -- the reason, where status is not 'read'
    packets INTEGER NOT NULL,       -- packets of a capture
    facts INTEGER NOT NULL,         -- rows that came from it
    first_ns INTEGER,               -- time of the first and last packet or line
    last_ns INTEGER,
    modified_ns INTEGER             -- mtime of the file or archive member
) STRICT;

-- What a file says about itself: its host, interface, time, format.
CREATE TABLE clue (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER,
    name TEXT NOT NULL,             -- 'hostname' 'interface' 'taken' 'format' 'node' 'pod' 'namespace' 'container' 'comment';
                                    -- of its place: 'collection' the folder of one run of a collector on one host, 'stamp' the time in its name, 'netns'
    value TEXT,
    at_ns INTEGER                   -- for 'taken' and 'stamp'
) STRICT;

-- Something wrong with the evidence itself, where it is.
CREATE TABLE anomaly (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    name TEXT NOT NULL,             -- dotted: 'capture.truncated', 'dns.pointer-loop'
    frame INTEGER,
    line INTEGER,
    byte_offset INTEGER,            -- in the file or the frame
    packets INTEGER NOT NULL,       -- how often; the place is that of the first
    detail TEXT
) STRICT;

-- An interface of a capture. Classic pcap has one, number 0.
CREATE TABLE capture_interface (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    number INTEGER NOT NULL,        -- pcapng interface id, or ifindex of Linux cooked v2
    name TEXT,                      -- as the capture gives it
    description TEXT,
    filter TEXT,
    link_type INTEGER NOT NULL,     -- LINKTYPE_ value
    snaplen_bytes INTEGER NOT NULL,
    packets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,         -- on the wire
    snapped INTEGER NOT NULL,       -- packets cut by the snaplen
    received INTEGER,               -- statistics that the capture holds
    dropped INTEGER,
    first_ns INTEGER,
    last_ns INTEGER
) STRICT;

-- Source MAC and IP addresses seen at an interface: who it belongs to.
CREATE TABLE station (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    interface INTEGER NOT NULL,     -- capture_interface.number
    mac TEXT NOT NULL,              -- '' on link types without
    address BLOB NOT NULL,          -- outermost IP source
    direction TEXT NOT NULL,
    packets INTEGER NOT NULL
) STRICT;

-- How many headers were in which checksum state.
CREATE TABLE checksum_tally (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    interface INTEGER NOT NULL,
    direction TEXT NOT NULL,        -- as the capture says
    source BLOB,                    -- outermost IP addresses; NULL beyond the
    destination BLOB,               -- first 4096 pairs of a capture
    depth INTEGER NOT NULL,
    tunnel TEXT NOT NULL,           -- innermost tunnel around the header: '' 'vxlan' ...
    layer TEXT NOT NULL,            -- 'ip' 'udp' 'tcp' 'icmp' 'icmpv6' 'sctp'
    state TEXT NOT NULL,            -- 'ok' 'zero' 'partial' 'lco' 'bad' 'unverifiable'
    packets INTEGER NOT NULL,
    first_frame INTEGER NOT NULL,
    last_frame INTEGER NOT NULL
) STRICT;

-- Every header whose checksum is wrong: neither ok, zero, partial nor lco.
CREATE TABLE checksum_defect (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    frame INTEGER NOT NULL,
    interface INTEGER NOT NULL,
    direction TEXT NOT NULL,
    at_ns INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    tunnel TEXT NOT NULL,           -- the tunnel this header carries: 'vxlan' for an outer UDP; '' if none
    layer TEXT NOT NULL,
    source BLOB NOT NULL,
    destination BLOB NOT NULL,
    source_port INTEGER,
    destination_port INTEGER,
    stored INTEGER NOT NULL,        -- the field
    correct INTEGER NOT NULL,       -- what it should be
    pseudo INTEGER NOT NULL,        -- folded sum of the pseudo-header
    solved_port INTEGER,            -- source port that makes `stored` right (NAT); NULL if none does
    inner_state TEXT,               -- L4 state of the packet inside, for a tunnel header
    inner_protocol INTEGER,
    inner_source BLOB,
    inner_source_port INTEGER,
    inner_destination BLOB,
    inner_destination_port INTEGER
) STRICT;

-- Packets and bytes from one address to another, to one service port.
CREATE TABLE traffic (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    interface INTEGER NOT NULL,
    direction TEXT NOT NULL,
    depth INTEGER NOT NULL,
    tunnel TEXT NOT NULL,           -- the tunnel this flow is the outside of, '' if none
    tunnel_id INTEGER,              -- VNI, key
    protocol INTEGER NOT NULL,      -- IP protocol number
    source BLOB NOT NULL,
    destination BLOB NOT NULL,
    source_port INTEGER,            -- where it is the well-known one (answers)
    destination_port INTEGER,       -- where it is the well-known one; both NULL beyond the table's bound
    packets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,         -- IP lengths
    bytes_max INTEGER NOT NULL,     -- largest IP length
    first_ns INTEGER NOT NULL,
    last_ns INTEGER NOT NULL,
    first_frame INTEGER NOT NULL,
    last_frame INTEGER NOT NULL
) STRICT;

-- One DNS question by one client at one interface: all its tries and the answer.
CREATE TABLE dns_exchange (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    number INTEGER NOT NULL,        -- within the evidence, from 1
    interface INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    tunnel TEXT NOT NULL,           -- innermost tunnel around it
    transport TEXT NOT NULL,        -- 'udp' 'tcp'
    client BLOB NOT NULL,
    client_port INTEGER NOT NULL,
    server BLOB NOT NULL,
    server_port INTEGER NOT NULL,
    dns_id INTEGER NOT NULL,
    qname TEXT NOT NULL,            -- lower case, presentation format, final dot
    qtype TEXT NOT NULL,
    asked_ns INTEGER,               -- first try; NULL if only the answer was seen
    last_asked_ns INTEGER,
    answered_ns INTEGER,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL,            -- 'answered' 'unanswered' 'late' 'unsolicited' 'duplicate' 'malformed'
    rcode TEXT,                     -- 'NOERROR' ...
    answers INTEGER,                -- records in the answer section
    is_truncated INTEGER,           -- TC
    edns_bytes INTEGER,             -- UDP size the client offers; NULL without EDNS
    reason TEXT,                    -- for 'malformed'
    query_frame INTEGER,            -- first try
    last_query_frame INTEGER,
    response_frame INTEGER,
    query_direction TEXT,
    response_direction TEXT,
    query_bytes INTEGER,            -- IP length
    response_bytes INTEGER,         -- IP length; over TCP that of the whole message in one packet
    query_checksum TEXT,            -- L4 state at this depth
    response_checksum TEXT,
    query_outer_checksum TEXT,      -- L4 state of the tunnel header around it
    response_outer_checksum TEXT,
    query_outer_source BLOB,        -- tunnel endpoints
    query_outer_destination BLOB,
    query_ttl INTEGER,
    response_ttl INTEGER,
    connection INTEGER,             -- tcp_connection.number
    identity INTEGER NOT NULL,      -- same at every place the question passes, through NAT and tunnels
    extended_error TEXT             -- what the server adds (RFC 8914): 'No Reachable Authority' ...; NULL nothing
) STRICT;

-- One TCP connection at one interface. The client is the side that sent the
-- SYN or, if none was seen, the side with the higher port.
CREATE TABLE tcp_connection (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    number INTEGER NOT NULL,
    interface INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    tunnel TEXT NOT NULL,
    client BLOB NOT NULL,
    client_port INTEGER NOT NULL,
    server BLOB NOT NULL,
    server_port INTEGER NOT NULL,
    first_ns INTEGER NOT NULL,
    last_ns INTEGER NOT NULL,
    first_frame INTEGER NOT NULL,
    last_frame INTEGER NOT NULL,
    client_packets INTEGER NOT NULL,
    server_packets INTEGER NOT NULL,
    client_data_bytes INTEGER NOT NULL,
    server_data_bytes INTEGER NOT NULL,
    client_retransmissions INTEGER NOT NULL, -- data and FIN, SYN not counted
    server_retransmissions INTEGER NOT NULL,
    syns INTEGER NOT NULL,          -- SYN packets of the client, repeats included
    syn_acks INTEGER NOT NULL,
    is_established INTEGER NOT NULL, -- the client acknowledged the SYN-ACK, or data flowed
    closed_by TEXT,                 -- 'client-reset' 'server-reset' 'fin'; NULL open at the end
    syn_ns INTEGER,
    syn_ack_ns INTEGER,
    last_syn_ns INTEGER,
    syn_frame INTEGER,
    last_syn_frame INTEGER,
    syn_ack_frame INTEGER,
    last_syn_ack_frame INTEGER,
    reset_frame INTEGER,
    syn_direction TEXT,
    syn_ack_direction TEXT,
    syn_checksum TEXT,              -- of the first of its kind
    syn_ack_checksum TEXT,
    syn_outer_checksum TEXT,
    syn_ack_outer_checksum TEXT,
    data_checksum_client TEXT,      -- worst state over the data segments
    data_checksum_server TEXT,
    outer_source BLOB,              -- tunnel endpoints of the client's packets
    outer_destination BLOB,
    client_unacked_bytes_max INTEGER NOT NULL, -- largest IP length sent and never acknowledged
    server_unacked_bytes_max INTEGER NOT NULL,
    client_acked_bytes_max INTEGER NOT NULL,   -- largest IP length that was acknowledged
    server_acked_bytes_max INTEGER NOT NULL,
    queries INTEGER NOT NULL,       -- DNS messages in it
    responses INTEGER NOT NULL,
    client_isn INTEGER,             -- initial sequence numbers, as on the wire
    server_isn INTEGER,
    identity INTEGER NOT NULL
) STRICT;

CREATE TABLE tcp_event (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    frame INTEGER NOT NULL,
    interface INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- 'retransmission' 'syn-retransmission' ... see v_tcp_event
    source BLOB NOT NULL,
    source_port INTEGER NOT NULL,
    destination BLOB NOT NULL,
    destination_port INTEGER NOT NULL,
    at_ns INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    payload_bytes INTEGER NOT NULL,
    packet_bytes INTEGER NOT NULL,  -- IP length
    checksum TEXT NOT NULL,
    connection INTEGER NOT NULL     -- tcp_connection.number
) STRICT;

-- An ICMP error and the packet it quotes.
CREATE TABLE icmp_error (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    frame INTEGER NOT NULL,
    interface INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    direction TEXT NOT NULL,
    at_ns INTEGER NOT NULL,
    source BLOB NOT NULL,
    destination BLOB NOT NULL,
    type INTEGER NOT NULL,          -- of ICMP, or of ICMPv6 + 1000
    code INTEGER NOT NULL,
    mtu INTEGER,                    -- fragmentation needed, packet too big
    quoted_protocol INTEGER,
    quoted_source BLOB,
    quoted_source_port INTEGER,
    quoted_destination BLOB,
    quoted_destination_port INTEGER
) STRICT;

-- One line of a log that means something.
CREATE TABLE log_event (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    pod TEXT,                       -- where the line itself says so (prefix, JSON)
    container TEXT,
    node TEXT,
    at_ns INTEGER,                  -- exact time, or NULL
    earliest_ns INTEGER,            -- bounds given by neighbours of an untimed line
    latest_ns INTEGER,
    time_is TEXT NOT NULL,          -- 'exact' 'bounded' 'unknown'
    severity TEXT NOT NULL,         -- 'debug' 'info' 'warning' 'error' 'fatal'; '' none given
    source TEXT NOT NULL,           -- 'coredns' 'node-cache' 'kernel' 'kubelet' 'felix' ...
    event TEXT NOT NULL,            -- 'query' 'error' 'start' 'rule-added' ... see text/README
    client BLOB,
    client_port INTEGER,
    dns_id INTEGER,
    transport TEXT,
    qname TEXT,                     -- lower case, final dot
    qtype TEXT,
    rcode TEXT,                     -- as printed; NULL where the line means "no answer"
    response_bytes INTEGER,
    duration_ns INTEGER,
    operation TEXT,                 -- of a Go network error: 'dial' 'read' 'write'
    upstream BLOB,
    upstream_port INTEGER,
    local BLOB,
    local_port INTEGER,
    error TEXT,                     -- 'timeout' 'refused' 'unreachable' 'reset' 'not-permitted' ... or the text
    message TEXT NOT NULL           -- the line without its wrapper, at most 2048 bytes
) STRICT;

-- One counter as printed. `name` is canonical: 'Udp.InCsumErrors'.
CREATE TABLE counter (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    source TEXT NOT NULL,           -- 'netstat -s' 'nstat' '/proc/net/snmp' 'ethtool -S' 'ip -s link' 'conntrack -S' ...
    interface TEXT NOT NULL,        -- '' if it belongs to none
    name TEXT NOT NULL,
    value INTEGER NOT NULL          -- summed over CPUs and queues where the source splits it
) STRICT;

-- One setting or attribute: ethtool -k, sysctl, link attributes, resolv.conf ...
CREATE TABLE setting (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    source TEXT NOT NULL,           -- 'ethtool -k' 'sysctl' 'ip link' 'uname' 'resolv.conf' 'ethtool -i' ...
    interface TEXT NOT NULL,        -- '' if it belongs to none
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    is_fixed INTEGER                -- ethtool -k: cannot be changed
) STRICT;

-- An address on an interface (ip addr, ifconfig).
CREATE TABLE interface_address (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    interface TEXT NOT NULL,
    address BLOB NOT NULL,
    prefix_length INTEGER,
    mac TEXT                        -- of the interface, where given
) STRICT;

CREATE TABLE route (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    type TEXT NOT NULL,             -- 'unicast' 'blackhole' 'unreachable' 'prohibit' 'local' ...
    destination BLOB,               -- NULL for default
    prefix_length INTEGER NOT NULL,
    gateway BLOB,
    interface TEXT,
    protocol TEXT,
    preferred_source BLOB
) STRICT;

-- Neighbour and forwarding tables: which MAC an address has, where a MAC is.
CREATE TABLE neighbour (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    source TEXT NOT NULL,           -- 'ip neigh' 'bridge fdb'
    interface TEXT,
    address BLOB,                   -- ip neigh: the neighbour; bridge fdb: the remote tunnel endpoint
    mac TEXT,
    state TEXT
) STRICT;

CREATE TABLE conntrack (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    protocol INTEGER NOT NULL,      -- IP protocol number
    state TEXT,                     -- TCP: 'SYN_SENT' ...
    source BLOB NOT NULL,
    destination BLOB NOT NULL,
    source_port INTEGER,
    destination_port INTEGER,
    reply_source BLOB NOT NULL,
    reply_destination BLOB NOT NULL,
    reply_source_port INTEGER,
    reply_destination_port INTEGER,
    is_unreplied INTEGER NOT NULL,
    mark INTEGER
) STRICT;

-- A rule of iptables-save or nft, or a chain's policy.
CREATE TABLE firewall_rule (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    backend TEXT NOT NULL,          -- 'nft' 'legacy' 'ipvs' ''
    table_name TEXT NOT NULL,       -- 'nat' 'filter' 'raw' 'mangle'
    chain TEXT NOT NULL,
    position INTEGER NOT NULL,      -- in its chain, from 1; 0 is the policy
    target TEXT NOT NULL,           -- 'ACCEPT' 'DROP' 'DNAT' 'KUBE-SVC-...'; '' none
    protocol TEXT,
    source TEXT,                    -- as written, '!' in front if negated
    destination TEXT,
    in_interface TEXT,
    out_interface TEXT,
    source_port TEXT,
    destination_port TEXT,
    ctstate TEXT,
    mark TEXT,                      -- of -m mark --mark
    set_mark TEXT,                  -- of -j MARK
    to_address BLOB,                -- DNAT
    to_port INTEGER,
    probability REAL,
    comment TEXT,
    packets INTEGER,                -- with -c
    bytes INTEGER,
    rule TEXT NOT NULL              -- the line, at most 1024 bytes
) STRICT;

-- A Kubernetes object, one row for each address it has (or one without).
CREATE TABLE kube_object (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- 'pod' 'node' 'service' 'endpoint'
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,             -- endpoint: name of the service
    uid TEXT,
    node TEXT,                      -- pod, endpoint: the node it runs on
    address BLOB,                   -- pod IP, node InternalIP, ClusterIP, endpoint
    host_address BLOB,              -- pod: hostIP
    is_host_network INTEGER,        -- pod; NULL where the source does not say
    phase TEXT,                     -- 'Running' ...; node: 'Ready' 'NotReady'
    is_ready INTEGER,
    restarts INTEGER,
    ports TEXT,                     -- '53/UDP,53/TCP'
    target TEXT,                    -- endpoint: the pod's name
    app TEXT,                       -- label k8s-app, app.kubernetes.io/name or app
    detail TEXT                     -- version, kernel, image: 'key=value; ...'
) STRICT;

-- A directive of a Corefile: what a DNS server does with which zone.
CREATE TABLE corefile (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    owner TEXT NOT NULL,            -- name of the ConfigMap, or '' for a bare file
    zone TEXT NOT NULL,             -- lower case, final dot; one row for each zone of the block
    port INTEGER NOT NULL,
    plugin TEXT NOT NULL,           -- 'forward' 'bind' 'cache' ...
    arguments TEXT NOT NULL,        -- the rest of its line
    options TEXT NOT NULL           -- inside its braces: 'force_tcp; max_fails 3'
) STRICT;

-- One probe that somebody ran and pasted: dig, getent, ping ...
CREATE TABLE probe (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER NOT NULL,
    tool TEXT NOT NULL,             -- 'dig' 'nslookup' 'getent' 'ping'
    client TEXT,                    -- host in the prompt
    server BLOB,
    server_port INTEGER,
    transport TEXT,
    qname TEXT,
    qtype TEXT,
    result TEXT NOT NULL,           -- rcode, 'timeout', 'refused', 'unreachable'
    duration_ns INTEGER,
    at_ns INTEGER
) STRICT;

-- ---------------------------------------------------------------------------
-- Derived by correlate/.

-- Where a capture interface is.
CREATE TABLE vantage (
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    interface INTEGER NOT NULL,     -- capture_interface.number
    node TEXT,
    netns TEXT,                     -- '' the host's, else the pod's name
    name TEXT,                      -- interface name
    kind TEXT NOT NULL,             -- 'pod' 'veth' 'tunnel' 'uplink' 'bridge' 'loopback' 'other'
    pod TEXT,                       -- the pod at the other end of a veth, or whose namespace it is
    is_known_by TEXT NOT NULL,      -- 'name' 'folder' 'capture' 'address' 'link'; '' not known
    sees_questions INTEGER,         -- 1, 0: answers alone; NULL: saw neither
    sees_answers INTEGER,           -- 1, 0: its filter leaves them out; NULL: cannot be told
    sees_by TEXT                    -- how that is known: 'packets' 'filter' 'connection' 'other place' 'search' 'other packets' 'repeats'
) STRICT;

-- Who an address belongs to. The lowest rank is the best answer.
CREATE TABLE owner (
    address BLOB NOT NULL,
    kind TEXT NOT NULL,             -- 'node' 'pod' 'service' 'cache' 'tunnel' 'upstream'
    owner TEXT NOT NULL,            -- its name
    namespace TEXT NOT NULL,
    node TEXT,                      -- NULL where it lives on none or on each
    is_dns INTEGER NOT NULL,        -- a DNS server of the cluster
    rank INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    line INTEGER
) STRICT;

-- Ports at which DNS is spoken: 53, and what it is translated to.
CREATE TABLE dns_port (
    port INTEGER PRIMARY KEY
) STRICT;
INSERT INTO dns_port VALUES (53);   -- RFC 1035 4.2

-- Stretches of time between changes of the configuration.
CREATE TABLE phase (
    number INTEGER PRIMARY KEY,     -- from 0
    start_ns INTEGER,               -- NULL: since ever
    end_ns INTEGER,                 -- NULL: to the end
    change TEXT,                    -- what began it: 'ethtool -k vxlan.calico tx-checksum-ip-generic on -> off on node1 ...'
    change_earliest_ns INTEGER,     -- the change lies between these
    change_latest_ns INTEGER,
    before_ref TEXT,                -- the two readings that differ
    after_ref TEXT
) STRICT;

-- Offset of a node's clock against the reference: add it to the node's times.
CREATE TABLE clock_offset (
    node TEXT NOT NULL,
    offset_ns INTEGER NOT NULL,
    error_ns INTEGER NOT NULL,
    packets INTEGER NOT NULL,       -- matched packets it rests on
    reference TEXT NOT NULL         -- the node whose clock is taken as right
) STRICT;

-- One question of one client, put together from every place that saw it.
CREATE TABLE exchange (
    id INTEGER PRIMARY KEY,
    leg TEXT NOT NULL,              -- 'client-to-cache' 'cache-to-dns' 'client-to-dns' 'dns-to-upstream' 'other'
    transport TEXT NOT NULL,
    client BLOB NOT NULL,           -- before NAT, as far as it was seen
    client_port INTEGER NOT NULL,
    client_kind TEXT,               -- 'pod' 'host'; NULL not known
    client_name TEXT,
    client_node TEXT,
    service BLOB,                   -- the address asked, where it is a service's
    server BLOB NOT NULL,           -- after NAT, as far as it was seen
    server_name TEXT,
    server_node TEXT,
    path TEXT,                      -- 'same-node' 'cross-node' 'external'
    via TEXT,                       -- 'service' 'direct'; NULL not known
    dns_id INTEGER,                 -- NULL for a connection that never opened
    qname TEXT,
    qtype TEXT,
    asked_ns INTEGER,               -- on the reference clock
    answered_ns INTEGER,            -- at the place nearest to the client
    last_asked_ns INTEGER,
    attempts INTEGER NOT NULL,
    outcome TEXT NOT NULL,          -- 'answered' 'failed' 'late' 'unknown'
    failure TEXT,                   -- 'query-lost' 'answer-lost' 'answer-damaged' 'query-damaged' 'no-answer' 'refused' 'error-code'
    rcode TEXT,
    phase INTEGER NOT NULL,
    response_bytes INTEGER,         -- largest IP length of an answer anywhere
    server_saw_query INTEGER,       -- 1 0 NULL: seen at the server's node or nearer
    server_sent_answer INTEGER,
    last_seen TEXT,                 -- where the lost packet was seen last: 'node1 eth0'; the capture's path if neither is known
    last_seen_state TEXT,           -- its checksum there: L4, then the tunnel header's: 'partial/lco'
    first_missing TEXT,             -- nearest place that captured and did not see it
    evidence_id INTEGER NOT NULL REFERENCES evidence(id), -- its first packet nearest to the client
    frame INTEGER NOT NULL
) STRICT;

-- Who reaches whom: exchanges counted by everything that may matter.
CREATE TABLE reachability (
    leg TEXT NOT NULL,
    client_node TEXT,
    client TEXT,                    -- 'pod' 'host'
    server_node TEXT,
    path TEXT,
    via TEXT,
    transport TEXT NOT NULL,
    phase INTEGER NOT NULL,
    asked INTEGER NOT NULL,         -- exchanges whose outcome is known
    answered INTEGER NOT NULL,
    failed INTEGER NOT NULL,        -- error codes and late answers included
    late INTEGER NOT NULL,
    retried INTEGER NOT NULL,
    p50_ms REAL,                    -- of the answered ones
    p99_ms REAL
) STRICT;

-- Which rows of the readers make up an exchange: every place that saw it.
CREATE TABLE sighting (
    exchange_id INTEGER NOT NULL REFERENCES exchange(id),
    source TEXT NOT NULL,           -- 'dns' dns_exchange, 'tcp' tcp_connection
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    number INTEGER NOT NULL,        -- of the row in that table
    stop INTEGER NOT NULL           -- order on the way from client to server: 0..4 at
                                    -- the client's node, 5..9 at the server's, -1 unknown
) STRICT;

-- What separates failures from successes: one 2x2 table a row.
CREATE TABLE factor (
    factor TEXT NOT NULL,           -- 'path' 'transport' 'client' ...
    value TEXT NOT NULL,            -- 'cross-node' ...
    failed INTEGER NOT NULL,        -- exchanges with this value
    asked INTEGER NOT NULL,
    other_failed INTEGER NOT NULL,  -- exchanges with another value
    other_asked INTEGER NOT NULL,
    odds_ratio REAL NOT NULL,       -- with 0.5 added to each cell
    p REAL NOT NULL,                -- chi-squared, one degree of freedom
    within TEXT,                    -- the factor it was stratified by; 'pair': client and server node
    within_odds_ratio REAL,         -- Mantel-Haenszel over the strata
    explains INTEGER NOT NULL       -- 1: stays when stratified by every other factor
) STRICT;
