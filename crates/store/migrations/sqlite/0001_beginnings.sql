-- Instants are milliseconds since 1970 UTC, days are ISO 8601, structured values are JSON.

CREATE TABLE sites (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- Without an owner it is shared between the sites that subscribe to it.
    owner INTEGER REFERENCES sites (id)
) STRICT;
CREATE UNIQUE INDEX collections_by_owner ON collections (COALESCE(owner, 0), name);

CREATE TABLE subscriptions (
    site INTEGER NOT NULL REFERENCES sites (id),
    collection INTEGER NOT NULL REFERENCES collections (id),
    PRIMARY KEY (site, collection)
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES collections (id),
    name TEXT NOT NULL,
    trusted_by TEXT,
    trusted_at INTEGER,
    UNIQUE (collection, name),
    CHECK ((trusted_by IS NULL) = (trusted_at IS NULL))
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES sources (id),
    external_id TEXT NOT NULL,
    UNIQUE (source, external_id)
) STRICT;
CREATE INDEX documents_by_external_id ON documents (external_id);

CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    life TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    title_folded TEXT NOT NULL,
    title TEXT NOT NULL,
    valid_until TEXT,
    -- Last, so that reading the columns before it does not walk its overflow pages.
    content TEXT NOT NULL
) STRICT;
CREATE INDEX revisions_by_document ON revisions (document, id);
CREATE INDEX revisions_by_state ON revisions (state, id);
-- The database itself keeps a document from having two published revisions.
CREATE UNIQUE INDEX revisions_published ON revisions (document) WHERE state = 'published';
CREATE INDEX revisions_published_by_kind ON revisions (kind) WHERE state = 'published';
CREATE INDEX revisions_expiring ON revisions (valid_until) WHERE state = 'published' AND valid_until IS NOT NULL;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    source INTEGER REFERENCES sources (id),
    document INTEGER REFERENCES documents (id),
    revision INTEGER REFERENCES revisions (id),
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_document ON audit (document, id);

-- Sequences that follow the order of commits, which a database sequence does not when several nodes write.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('publication', 0);

-- What the index must know of each document: its latest publication or retraction. The history is in the audit.
CREATE TABLE publications (
    document INTEGER PRIMARY KEY REFERENCES documents (id),
    sequence INTEGER NOT NULL UNIQUE,
    revision INTEGER REFERENCES revisions (id)
) STRICT;

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL,
    dedup TEXT NOT NULL,
    state TEXT NOT NULL,
    run_at INTEGER NOT NULL,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    last_error TEXT
) STRICT;
CREATE UNIQUE INDEX jobs_queued_once ON jobs (dedup) WHERE state = 'queued';

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code_hash BLOB NOT NULL UNIQUE,
    site INTEGER NOT NULL REFERENCES sites (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_by_expiry ON conversations (expires_at);

-- Keys of transcripts, wrapped by the installation's key; erased when their period is over.
CREATE TABLE transcript_keys (
    site INTEGER NOT NULL REFERENCES sites (id),
    period TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (site, period)
) STRICT;

-- Whatever a resident wrote, and what was answered, is in the three sealed columns and nowhere else.
CREATE TABLE turns (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    site INTEGER NOT NULL REFERENCES sites (id),
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    verdict TEXT NOT NULL,
    confidence REAL NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    period TEXT NOT NULL,
    idempotency_hash BLOB,
    feedback TEXT,
    sealed_question BLOB NOT NULL,
    sealed_answer BLOB NOT NULL,
    sealed_reason BLOB
) STRICT;
CREATE INDEX turns_by_conversation ON turns (conversation, position);
CREATE INDEX turns_by_expiry ON turns (expires_at);
CREATE UNIQUE INDEX turns_by_idempotency ON turns (site, idempotency_hash);

CREATE TABLE daily_counts (
    site INTEGER NOT NULL REFERENCES sites (id),
    day TEXT NOT NULL,
    channel TEXT NOT NULL,
    verdict TEXT NOT NULL,
    questions INTEGER NOT NULL,
    PRIMARY KEY (site, day, channel, verdict)
) STRICT, WITHOUT ROWID;
