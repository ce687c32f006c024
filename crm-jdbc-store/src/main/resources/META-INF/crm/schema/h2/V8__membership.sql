-- Members: who is one, how she became one, and the history of that. Her number is no column here but an identity in crm_identity. Instants
-- are milliseconds since 1970 (UTC). No column is personal.

-- A customer who is or was a member. No status: she was one only while another was merged into her.
CREATE TABLE crm_membership (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    last_seq     BIGINT NOT NULL,
    event_seq    BIGINT NOT NULL,
    status       VARCHAR(16),
    since_ms     BIGINT,
    joined_ms    BIGINT,
    joined_store VARCHAR(40),
    channel      VARCHAR(20),
    referrer_id  BIGINT,
    CONSTRAINT crm_membership_pk PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_membership_counted CHECK (last_seq > 0 AND event_seq > 0)
);
CREATE INDEX crm_membership_by_referrer ON crm_membership (tenant_id, referrer_id, customer_id);

-- What became of a membership; never updated or deleted. by_staff: absent where the customer did it herself.
CREATE TABLE crm_membership_entry (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    act         VARCHAR(16) NOT NULL,
    by_staff    VARCHAR(40),
    reason      VARCHAR(40),
    at_ms       BIGINT NOT NULL,
    CONSTRAINT crm_membership_entry_pk PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_membership_entry_counted CHECK (seq > 0)
);

INSERT INTO crm_schema (version) VALUES (8);
