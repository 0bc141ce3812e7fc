INSERT INTO event VALUES ('felix', 'feature-detect', 'ChecksumOffloadBroken=true', 1);
