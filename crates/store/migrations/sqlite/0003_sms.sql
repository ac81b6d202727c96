-- Numbers stand here sealed, and hashed with a key; texts sealed. Both are erased once they have served.

-- A question as it came: whole, or waiting for its parts.
CREATE TABLE sms_inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES sites (id),
    gateway TEXT NOT NULL,
    sender BLOB NOT NULL,
    recipient TEXT NOT NULL,
    reference INTEGER,
    total INTEGER NOT NULL,
    -- How many parts are still to come.
    awaits INTEGER NOT NULL,
    state TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- Its place in the queue.
    due_at INTEGER NOT NULL,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    settled_at INTEGER,
    reason TEXT,
    period TEXT NOT NULL,
    sealed_from BLOB
) STRICT;
CREATE INDEX sms_inbox_waiting ON sms_inbox (due_at, id) WHERE state = 'waiting';
-- The database itself keeps a sender from having two questions answered at once.
CREATE UNIQUE INDEX sms_inbox_claimed ON sms_inbox (sender) WHERE state = 'claimed';
CREATE UNIQUE INDEX sms_inbox_awaiting ON sms_inbox (sender, recipient, reference, total)
    WHERE state = 'waiting' AND awaits > 0;
CREATE INDEX sms_inbox_open ON sms_inbox (sender, settled_at, due_at) WHERE settled_at IS NULL;
CREATE INDEX sms_inbox_by_sender ON sms_inbox (sender, received_at);
CREATE INDEX sms_inbox_by_age ON sms_inbox (received_at);

CREATE TABLE sms_inbox_parts (
    message INTEGER NOT NULL REFERENCES sms_inbox (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    gateway TEXT NOT NULL,
    gateway_id TEXT,
    content_hash BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    sealed_text BLOB,
    PRIMARY KEY (message, part)
) STRICT;
-- A gateway may give the parts of one message one name.
CREATE UNIQUE INDEX sms_inbox_parts_by_name ON sms_inbox_parts (gateway, gateway_id, part)
    WHERE gateway_id IS NOT NULL;
CREATE INDEX sms_inbox_parts_by_content ON sms_inbox_parts (content_hash, received_at);

-- What is to be sent, in pieces as the gateway takes them, in the order of `position`.
CREATE TABLE sms_outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    message TEXT NOT NULL,
    site INTEGER NOT NULL REFERENCES sites (id),
    sender BLOB NOT NULL,
    turn TEXT,
    gateway TEXT NOT NULL,
    origin TEXT NOT NULL,
    reference INTEGER,
    total INTEGER,
    part INTEGER,
    state TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    -- How often nobody knew whether it was taken.
    doubts INTEGER NOT NULL,
    doubted_at INTEGER,
    their_id TEXT,
    detail TEXT,
    period TEXT NOT NULL,
    sealed_to BLOB,
    sealed_text BLOB
) STRICT;
CREATE INDEX sms_outbox_queued ON sms_outbox (gateway, position) WHERE state = 'queued';
CREATE INDEX sms_outbox_submitting ON sms_outbox (gateway, lease_until) WHERE state = 'submitting';
CREATE INDEX sms_outbox_ambiguous ON sms_outbox (gateway, doubted_at) WHERE state = 'ambiguous';
CREATE INDEX sms_outbox_by_their_id ON sms_outbox (gateway, their_id) WHERE their_id IS NOT NULL;
CREATE INDEX sms_outbox_by_message ON sms_outbox (message);
CREATE INDEX sms_outbox_by_sender ON sms_outbox (sender);
CREATE INDEX sms_outbox_by_age ON sms_outbox (valid_until);

-- Receipts that came before the answer to their submit.
CREATE TABLE sms_parked_receipts (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    their_id TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT,
    at INTEGER NOT NULL,
    UNIQUE (gateway, their_id)
) STRICT;

CREATE TABLE sms_senders (
    sender BLOB PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES sites (id),
    conversation_begun_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    stopped INTEGER NOT NULL,
    limit_told_at INTEGER,
    last_text BLOB,
    repeats INTEGER NOT NULL,
    rest_turn TEXT,
    rest_offset INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sms_senders_by_age ON sms_senders (last_at);

-- Whose conversation it is, for whoever wants it erased.
CREATE TABLE sms_conversations (
    conversation INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    sender BLOB NOT NULL
) STRICT;
CREATE INDEX sms_conversations_by_sender ON sms_conversations (sender);

CREATE TABLE sms_links (
    code_hash BLOB PRIMARY KEY,
    turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
    site INTEGER NOT NULL REFERENCES sites (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sms_links_by_turn ON sms_links (turn);
CREATE INDEX sms_links_by_expiry ON sms_links (expires_at);

-- What a day cost, in segments.
CREATE TABLE sms_segments (
    site INTEGER NOT NULL REFERENCES sites (id),
    day TEXT NOT NULL,
    segments INTEGER NOT NULL,
    PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID;
