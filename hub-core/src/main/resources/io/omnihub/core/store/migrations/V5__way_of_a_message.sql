-- Last position of what the customer said, so that nobody has to look for it.
ALTER TABLE conversation ADD COLUMN last_inbound BIGINT NOT NULL DEFAULT 0;
UPDATE conversation SET last_inbound = coalesce((SELECT max(m.position) FROM message m
  WHERE m.workspace = conversation.workspace AND m.conversation_id = conversation.id AND m.direction = 'inbound'), 0);

-- A change may keep only what it is about; what that looks like is read when somebody asks.
ALTER TABLE change ADD COLUMN subject TEXT;

-- When a message passed each stage. turn_upto is the last position that the turn which wrote it has answered.
ALTER TABLE message ADD COLUMN decided_at BIGINT;
ALTER TABLE message ADD COLUMN turn_upto BIGINT;
ALTER TABLE message ADD COLUMN turn_began_at BIGINT;
ALTER TABLE message ADD COLUMN turn_ended_at BIGINT;
ALTER TABLE message ADD COLUMN send_began_at BIGINT;
ALTER TABLE message ADD COLUMN delivered_at BIGINT;
ALTER TABLE message ADD COLUMN read_at BIGINT;
