-- Sent from port 45078, on the wire from 30695.
INSERT INTO conntrack (evidence_id, line, protocol, source, destination,
    source_port, destination_port, reply_source, reply_destination,
    reply_source_port, reply_destination_port, is_unreplied)
VALUES (6, 1, 17, x'c0000201', x'c0000202', 45078, 4789, x'c0000202',
    x'c0000201', 4789, 30695, 1);
