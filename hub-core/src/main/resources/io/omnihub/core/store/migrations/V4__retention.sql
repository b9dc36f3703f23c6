-- What deleting by age looks for. The busy tables journal, raw_payload and change need no index: their numbers follow the time.

CREATE INDEX idempotency_age ON idempotency (workspace, created_at);
CREATE INDEX dead_letter_ended ON dead_letter (workspace, created_at) WHERE state <> 'open';
CREATE INDEX parked_receipt_age ON parked_receipt (workspace, at);
CREATE INDEX dead_letter_open ON dead_letter (journal_seq, raw_seq) WHERE state = 'open';
