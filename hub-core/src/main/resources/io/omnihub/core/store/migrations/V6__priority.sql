-- 1 for what lets live messages of the same account go before it.
ALTER TABLE outbox ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
