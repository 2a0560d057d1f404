-- A person may stop a federation from opening rounds, and a device from taking part, until they say otherwise.

ALTER TABLE federation ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;

ALTER TABLE device ADD COLUMN quarantined_at BIGINT;
ALTER TABLE device ADD COLUMN quarantine_reason TEXT;
