-- Answers of the API that were given under an Idempotency-Key; written together with what the call has changed.

CREATE TABLE idempotency (
  workspace TEXT NOT NULL,
  principal TEXT NOT NULL,
  request_key TEXT NOT NULL,
  digest TEXT NOT NULL,
  status INTEGER NOT NULL,
  answer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, principal, request_key)
);
