-- Customer kernel, version 11: erasures of customers.

-- How far the erasure of a customer got; in the end its certificate, never deleted. No column is personal. waits_for: what stands against it,
-- a line each of feature, kind and subject. erased_rows: how many rows were erased, a line each of feature and number. open_state: the state while
-- something is left to be done, else null.
CREATE TABLE crm_erasure (
    tenant_id    VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id  BIGINT NOT NULL,
    state        VARCHAR(16) COLLATE "C" NOT NULL,
    open_state   VARCHAR(16) COLLATE "C",
    requested_ms BIGINT NOT NULL,
    changed_ms   BIGINT NOT NULL,
    actor_kind   VARCHAR(16) COLLATE "C" NOT NULL,
    actor_id     VARCHAR(40) COLLATE "C" NOT NULL,
    store_id     VARCHAR(40) COLLATE "C",
    channel      VARCHAR(20) COLLATE "C",
    waits_for    VARCHAR(4000) NOT NULL,
    erased_rows  VARCHAR(4000) NOT NULL,
    CONSTRAINT crm_erasure_pk PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX crm_erasure_open ON crm_erasure (tenant_id, open_state, customer_id);

-- The cards a customer has for herself alone.
CREATE INDEX crm_gift_card_by_holder ON crm_gift_card (tenant_id, bound_to, customer_id);

INSERT INTO crm_schema (version) VALUES (11);
