/* The families of snapshot formats, one for each file that holds some. */
#pragma once

#include "text/snapshot.h"

extern const struct format_family formats_of_netstat;
extern const struct format_family formats_of_netstat_interfaces;
extern const struct format_family formats_of_nstat;
extern const struct format_family formats_of_proc;
extern const struct format_family formats_of_ethtool;
extern const struct format_family formats_of_ethtool_statistics;
extern const struct format_family formats_of_ip_link;
extern const struct format_family formats_of_ip_brief;
extern const struct format_family formats_of_ip_route;
extern const struct format_family formats_of_neighbour;
extern const struct format_family formats_of_conntrack;
extern const struct format_family formats_of_firewall;
extern const struct format_family formats_of_nft;
extern const struct format_family formats_of_iptables_list;
extern const struct format_family formats_of_ipvs;
extern const struct format_family formats_of_sockets;
extern const struct format_family formats_of_ifconfig;
extern const struct format_family formats_of_host;
extern const struct format_family formats_of_sysctl;
