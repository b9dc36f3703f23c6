-- When a message failed last; one that was sent again afterwards keeps it.
ALTER TABLE message ADD COLUMN failed_at BIGINT;
