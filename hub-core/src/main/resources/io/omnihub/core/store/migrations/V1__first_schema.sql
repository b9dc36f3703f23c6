-- Every key begins with the workspace, so that several tenants can share a hub. Times are epoch milliseconds, JSON is text.

CREATE TABLE raw_payload (
  seq ${serial},
  workspace TEXT NOT NULL,
  account TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content ${bytes} NOT NULL,
  received_at BIGINT NOT NULL
);

CREATE TABLE journal (
  seq ${serial},
  workspace TEXT NOT NULL,
  account TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  raw_seq BIGINT,
  received_at BIGINT NOT NULL,
  applied_at BIGINT,
  attempts INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX journal_key ON journal (workspace, account, dedupe_key);
CREATE INDEX journal_pending ON journal (seq) WHERE applied_at IS NULL;

CREATE TABLE contact (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  language TEXT NOT NULL,
  attributes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);

CREATE TABLE identity (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  proof TEXT NOT NULL,
  account TEXT NOT NULL,
  source TEXT NOT NULL,
  reachable INTEGER NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX identity_value ON identity (workspace, scheme, scope, value);
CREATE INDEX identity_contact ON identity (workspace, contact_id);

CREATE TABLE link (
  seq ${serial},
  workspace TEXT NOT NULL,
  identity_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  evidence TEXT NOT NULL,
  method TEXT NOT NULL,
  proof TEXT NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  supersedes BIGINT
);
CREATE INDEX link_identity ON link (workspace, identity_id);

CREATE TABLE claim (
  workspace TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  scheme TEXT NOT NULL,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  proof TEXT NOT NULL,
  account TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (workspace, contact_id, scheme, scope, value)
);
CREATE INDEX claim_value ON claim (workspace, scheme, scope, value);

CREATE TABLE conversation (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  thread_key TEXT NOT NULL,
  status TEXT NOT NULL,
  handler_kind TEXT NOT NULL,
  handler_id TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  chain TEXT NOT NULL,
  queue TEXT,
  assignee TEXT,
  account TEXT NOT NULL,
  channel TEXT NOT NULL,
  subject TEXT,
  subject_folded TEXT,
  language TEXT,
  tags TEXT NOT NULL,
  attributes TEXT NOT NULL,
  last_message_id TEXT,
  unread INTEGER NOT NULL DEFAULT 0,
  turn_cursor BIGINT NOT NULL DEFAULT 0,
  opened_at BIGINT NOT NULL,
  last_message_at BIGINT,
  first_response_at BIGINT,
  closed_at BIGINT,
  PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX conversation_open_contact ON conversation (workspace, contact_id)
  WHERE thread_key = '' AND status <> 'closed';
CREATE UNIQUE INDEX conversation_thread ON conversation (workspace, thread_key) WHERE thread_key <> '';
CREATE INDEX conversation_contact ON conversation (workspace, contact_id);
CREATE INDEX conversation_last ON conversation (workspace, last_message_at);

CREATE TABLE leg (
  workspace TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  identity_id TEXT NOT NULL,
  account TEXT NOT NULL,
  address TEXT NOT NULL,
  thread TEXT NOT NULL,
  last_inbound_at BIGINT NOT NULL,
  last_position BIGINT NOT NULL,
  PRIMARY KEY (workspace, conversation_id, identity_id, account)
);

CREATE TABLE message (
  position ${serial},
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  identity_id TEXT,
  account TEXT NOT NULL,
  channel TEXT NOT NULL,
  direction TEXT NOT NULL,
  author_kind TEXT NOT NULL,
  author_id TEXT NOT NULL,
  author_name TEXT NOT NULL,
  parts TEXT NOT NULL,
  reply_to TEXT,
  thread TEXT,
  provider_id TEXT,
  address TEXT NOT NULL,
  pieces_sent INTEGER NOT NULL DEFAULT 0,
  sent_at BIGINT,
  received_at BIGINT,
  edited_at BIGINT,
  deleted_at BIGINT,
  status TEXT NOT NULL,
  failure_code TEXT,
  failure_detail TEXT,
  reactions TEXT NOT NULL,
  attributes TEXT NOT NULL
);
CREATE UNIQUE INDEX message_id ON message (workspace, id);
CREATE INDEX message_conversation ON message (workspace, conversation_id, position);
CREATE INDEX message_identity ON message (workspace, identity_id, account, position);
CREATE INDEX message_status ON message (workspace, status, position) WHERE status IN ('failed', 'uncertain', 'queued');

CREATE TABLE message_version (
  workspace TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  parts TEXT NOT NULL,
  PRIMARY KEY (workspace, message_id, at)
);

CREATE TABLE provider_message (
  workspace TEXT NOT NULL,
  account TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (workspace, account, provider_id)
);
CREATE INDEX provider_message_of ON provider_message (workspace, message_id);

CREATE TABLE parked_receipt (
  seq ${serial},
  workspace TEXT NOT NULL,
  account TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  status TEXT NOT NULL,
  failure TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX parked_receipt_of ON parked_receipt (workspace, account, provider_id);

CREATE TABLE outbox (
  seq ${serial},
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  target TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  upto BIGINT NOT NULL,
  piece INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  due_at BIGINT NOT NULL,
  last_error TEXT
);
CREATE INDEX outbox_lane ON outbox (workspace, kind, lane, seq);
CREATE UNIQUE INDEX outbox_one_turn ON outbox (workspace, lane) WHERE kind = 'turn';

CREATE TABLE dead_letter (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  subject TEXT NOT NULL,
  journal_seq BIGINT,
  raw_seq BIGINT,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
);
CREATE INDEX dead_letter_state ON dead_letter (workspace, state, id);

CREATE TABLE audit (
  seq ${serial},
  workspace TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX audit_conversation ON audit (workspace, conversation_id, seq);

CREATE TABLE change (
  seq ${serial},
  workspace TEXT NOT NULL,
  type TEXT NOT NULL,
  account TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  data TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE account_state (
  workspace TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (workspace, account, name)
);

CREATE TABLE attachment (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, id)
);

CREATE TABLE api_key (
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  digest TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, name)
);
