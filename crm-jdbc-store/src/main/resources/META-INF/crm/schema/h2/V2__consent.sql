-- Customer kernel, version 2: consent.

-- The head of a customer's consent, one row for each about whom anything was recorded. last_seq: the last proof number that was given.
CREATE TABLE crm_consent (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    last_seq    BIGINT NOT NULL,
    event_seq   BIGINT NOT NULL,
    CONSTRAINT crm_consent_pk PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_consent_counted CHECK (last_seq > 0 AND event_seq >= 0)
);

-- What was recorded: never updated, never deleted. No purpose: it is about the address as such. Address: the keyed hash of one, else all of
-- the channel. No staff: by the customer herself. origin: where the proof was before customers were merged, "customer:seq" for each merge,
-- the first history first. Personal: address.
CREATE TABLE crm_consent_proof (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    seq          BIGINT NOT NULL,
    act          VARCHAR(16) NOT NULL,
    purpose      VARCHAR(32),
    channel      VARCHAR(16) NOT NULL,
    address      VARCHAR(64),
    staff_id     VARCHAR(40),
    source       VARCHAR(40) NOT NULL,
    text_version VARCHAR(40),
    evidence     VARCHAR(120),
    occurred_ms  BIGINT NOT NULL,
    recorded_ms  BIGINT NOT NULL,
    token_hash   VARCHAR(64),
    expires_ms   BIGINT,
    origin       VARCHAR(400),
    CONSTRAINT crm_consent_proof_pk PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_consent_proof_numbered CHECK (seq > 0)
);

INSERT INTO crm_schema (version) VALUES (2);
