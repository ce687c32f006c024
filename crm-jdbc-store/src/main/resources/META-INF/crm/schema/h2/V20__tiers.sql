-- Customer kernel, version 20: tiers. Instants are milliseconds since 1970 (UTC).

-- Where a customer stands in programs of tiers, as it was booked last, in JSON. last_seq: the last entry of her history. Personal: standings.
CREATE TABLE crm_tier (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    last_seq    BIGINT NOT NULL,
    standings   VARCHAR(100000) NOT NULL,
    CONSTRAINT crm_tier_pk PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_tier_counted CHECK (last_seq >= 0)
);

-- What became of a customer's tiers; never updated, and deleted only when she is erased. at_ms: when it happened; booked_ms: when it was booked.
-- Personal: at_ms.
CREATE TABLE crm_tier_entry (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    seq          BIGINT NOT NULL,
    program_key  VARCHAR(40) NOT NULL,
    act          VARCHAR(16) NOT NULL,
    at_ms        BIGINT NOT NULL,
    booked_ms    BIGINT NOT NULL,
    before_level VARCHAR(40) NOT NULL,
    after_level  VARCHAR(40) NOT NULL,
    staff_id     VARCHAR(40),
    CONSTRAINT crm_tier_entry_pk PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_tier_entry_counted CHECK (seq > 0)
);

INSERT INTO crm_schema (version) VALUES (20);
