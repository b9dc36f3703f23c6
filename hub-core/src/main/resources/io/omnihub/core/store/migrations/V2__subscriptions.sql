-- Secrets are kept as they are, because they sign what goes out.

CREATE TABLE subscription (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  account TEXT NOT NULL,
  secrets TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);

CREATE TABLE subscription_attempt (
  seq ${serial},
  workspace TEXT NOT NULL,
  subscription_id TEXT NOT NULL,
  change_seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  at BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  status INTEGER NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX subscription_attempt_of ON subscription_attempt (workspace, subscription_id, seq);
CREATE INDEX subscription_attempt_at ON subscription_attempt (workspace, at);
