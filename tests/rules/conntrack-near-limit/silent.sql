INSERT INTO reading VALUES (1, 'sysctl', '', 'net.netfilter.nf_conntrack_max', '1000'),
    (1, 'sysctl', '', 'net.netfilter.nf_conntrack_count', '300');
