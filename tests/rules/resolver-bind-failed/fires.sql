INSERT INTO event VALUES ('node-cache', 'bind-failed', 'address-in-use', 1);
