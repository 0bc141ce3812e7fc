INSERT INTO ask VALUES ('client-to-dns', 'udp', 'b', 'failed', 'answer-lost', 1400, 0, 5);
