INSERT INTO event VALUES ('felix', 'feature-detect', 'ChecksumOffloadBroken=false', 1);
