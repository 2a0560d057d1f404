-- Asynchronous federations: an accepted update waits in the buffer (1), payload and all, until a version counts it.

ALTER TABLE participation ADD COLUMN buffered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE participation ADD COLUMN counted_for BIGINT;

CREATE INDEX participation_buffered ON participation (federation) WHERE buffered = 1;
