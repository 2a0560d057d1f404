-- The bytes of TRAIN updates received, for a budget: rounds are forgotten, their sum is not.

ALTER TABLE federation ADD COLUMN bytes_up BIGINT NOT NULL DEFAULT 0;

UPDATE federation SET bytes_up =
    (SELECT COALESCE(SUM(round.bytes_up), 0) FROM round WHERE round.federation = federation.id);
