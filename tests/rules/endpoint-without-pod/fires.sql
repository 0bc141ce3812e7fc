UPDATE kube_object SET phase = 'Terminating', is_ready = 0
WHERE kind = 'pod' AND name = 'dns-b';
