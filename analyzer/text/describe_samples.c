/* What kubectl describe prints of each kind; the tests read each. */
#include "text/describe.h"

const struct describe_sample describe_samples[] = {
    {
        .kind = "Node",
        .text =
            "Name:               w1\n"
            "Roles:              <none>\n"
            "Labels:             kubernetes.io/hostname=w1\n"
            "Annotations:        flannel.alpha.coreos.com/backend-data: "
            "{\"VNI\":1,\"VtepMAC\":\"66:5a:8f:11:22:33\"}\n"
            "                    flannel.alpha.coreos.com/backend-type: "
            "vxlan\n"
            "                    flannel.alpha.coreos.com/public-ip: "
            "192.168.1.11\n"
            "CreationTimestamp:  Sun, 22 Nov 2026 09:00:00 +0000\n"
            "Taints:             <none>\n"
            "Unschedulable:      false\n"
            "Conditions:\n"
            "  Ready                True    Sun, 22 Nov 2026 10:01:00 +0000 "
            "  Sun, 22 Nov 2026 09:01:10 +0000   KubeletReady               "
            "  kubelet is posting ready status\n"
            "Addresses:\n"
            "  InternalIP:  192.168.1.11\n"
            "  Hostname:    w1\n"
            "System Info:\n"
            "  Machine ID:                 abc\n"
            "  Kernel Version:             5.4.0-42-generic\n"
            "  OS Image:                   Ubuntu 20.04.1 LTS\n"
            "  Container Runtime Version:  containerd://1.3.3\n"
            "  Kubelet Version:            v1.19.4\n"
            "  Kube-Proxy Version:         v1.19.4\n"
            "PodCIDR:                      10.244.1.0/24\n"
            "PodCIDRs:                     10.244.1.0/24\n"
            "Events:              <none>\n",
    },
    {
        .kind = "Pod",
        .text = "Name:                 coredns-1\n"
                "Namespace:            kube-system\n"
                "Priority:             2000000000\n"
                "Node:                 w1/192.168.1.11\n"
                "Start Time:           Sun, 22 Nov 2026 09:05:00 +0000\n"
                "Labels:               k8s-app=kube-dns\n"
                "                      pod-template-hash=8474476ff8\n"
                "Annotations:          <none>\n"
                "Status:               Running\n"
                "IP:                   10.244.1.5\n"
                "IPs:\n"
                "  IP:           10.244.1.5\n"
                "Controlled By:  ReplicaSet/coredns-8474476ff8\n"
                "Containers:\n"
                "  coredns:\n"
                "    Container ID:  containerd://abc\n"
                "    Image:         k8s.gcr.io/coredns:1.7.0\n"
                "    Ports:         53/UDP, 53/TCP, 9153/TCP\n"
                "    State:          Running\n"
                "      Started:      Sun, 22 Nov 2026 09:05:10 +0000\n"
                "    Ready:          True\n"
                "    Restart Count:  3\n"
                "Conditions:\n"
                "  Type              Status\n"
                "  Initialized       True \n"
                "  Ready             True \n"
                "QoS Class:       Burstable\n"
                "Events:               <none>\n",
    },
    {
        .kind = "Service",
        .text = "Name:              kube-dns\n"
                "Namespace:         kube-system\n"
                "Labels:            k8s-app=kube-dns\n"
                "Annotations:       prometheus.io/port: 9153\n"
                "Selector:          k8s-app=kube-dns\n"
                "Type:              ClusterIP\n"
                "IP Families:       <none>\n"
                "IP:                10.96.0.10\n"
                "IPs:               10.96.0.10\n"
                "Port:              dns  53/UDP\n"
                "TargetPort:        53/UDP\n"
                "Endpoints:         10.244.1.5:53,10.244.2.6:53\n"
                "Port:              dns-tcp  53/TCP\n"
                "TargetPort:        53/TCP\n"
                "Endpoints:         10.244.1.5:53,10.244.2.6:53\n"
                "Session Affinity:  None\n"
                "Events:            <none>\n",
    },
    {
        .kind = "Endpoints",
        .text =
            "Name:         kube-dns\n"
            "Namespace:    kube-system\n"
            "Labels:       k8s-app=kube-dns\n"
            "Annotations:  endpoints.kubernetes.io/last-change-trigger-time: "
            "2026-11-22T09:05:00Z\n"
            "Subsets:\n"
            "  Addresses:          10.244.1.5,10.244.2.6\n"
            "  NotReadyAddresses:  10.244.3.7\n"
            "  Ports:\n"
            "    Name     Port  Protocol\n"
            "    ----     ----  --------\n"
            "    dns      53    UDP\n"
            "    dns-tcp  53    TCP\n"
            "\n"
            "Events:  <none>\n",
    },
};
const size_t describe_sample_count =
    sizeof describe_samples / sizeof describe_samples[0];
