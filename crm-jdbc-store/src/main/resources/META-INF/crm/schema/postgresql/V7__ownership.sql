-- Who serves a customer: the staff and the store she belongs to, offers to hand her over, and the history of both. Instants are milliseconds
-- since 1970 (UTC). No column is personal: staff and stores are codes of the host's.

-- The head of a customer's ownership. Neither staff_id nor store_id: she is in the pool. offer_*: the transfer that was offered and is not
-- answered; it waits no more from offer_expires_ms on, whether or not that was booked.
CREATE TABLE crm_ownership (
    tenant_id        VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id      BIGINT NOT NULL,
    last_seq         BIGINT NOT NULL,
    event_seq        BIGINT NOT NULL,
    changed_ms       BIGINT NOT NULL,
    staff_id         VARCHAR(40) COLLATE "C",
    store_id         VARCHAR(40) COLLATE "C",
    since_ms         BIGINT,
    given_by         VARCHAR(40) COLLATE "C",
    offer_seq        BIGINT,
    offer_staff      VARCHAR(40) COLLATE "C",
    offer_store      VARCHAR(40) COLLATE "C",
    offer_by         VARCHAR(40) COLLATE "C",
    offer_ms         BIGINT,
    offer_expires_ms BIGINT,
    CONSTRAINT crm_ownership_pk PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_ownership_counted CHECK (last_seq > 0 AND event_seq > 0)
) WITH (fillfactor = 80);
CREATE INDEX crm_ownership_by_staff ON crm_ownership (tenant_id, staff_id, customer_id);
CREATE INDEX crm_ownership_by_store ON crm_ownership (tenant_id, store_id, customer_id);
CREATE INDEX crm_ownership_by_pool ON crm_ownership (tenant_id, store_id, staff_id, customer_id);
CREATE INDEX crm_ownership_by_offer ON crm_ownership (tenant_id, offer_staff, customer_id);
CREATE INDEX crm_ownership_by_end ON crm_ownership (tenant_id, offer_expires_ms, customer_id);

-- What became of a customer's ownership; never updated or deleted. offer_*: the transfer it is about. by_staff: absent where time did it.
CREATE TABLE crm_ownership_entry (
    tenant_id        VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id      BIGINT NOT NULL,
    seq              BIGINT NOT NULL,
    act              VARCHAR(16) COLLATE "C" NOT NULL,
    at_ms            BIGINT NOT NULL,
    before_staff     VARCHAR(40) COLLATE "C",
    before_store     VARCHAR(40) COLLATE "C",
    after_staff      VARCHAR(40) COLLATE "C",
    after_store      VARCHAR(40) COLLATE "C",
    offer_seq        BIGINT,
    offer_staff      VARCHAR(40) COLLATE "C",
    offer_store      VARCHAR(40) COLLATE "C",
    offer_by         VARCHAR(40) COLLATE "C",
    offer_ms         BIGINT,
    offer_expires_ms BIGINT,
    by_staff         VARCHAR(40) COLLATE "C",
    as_manager       BOOLEAN NOT NULL,
    reason           VARCHAR(40) COLLATE "C",
    CONSTRAINT crm_ownership_entry_pk PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_ownership_entry_counted CHECK (seq > 0)
);

INSERT INTO crm_schema (version) VALUES (7);
