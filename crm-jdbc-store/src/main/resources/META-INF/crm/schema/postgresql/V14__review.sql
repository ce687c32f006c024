-- Customer kernel, version 14: pairs of customers who may be one person, and what was decided about them.

-- A pair as it was proposed, customer_id below other_id. one_id, two_id: who they are by now, over merges. rank_no: a million less the millionths of
-- its probability, so that the likeliest come first. evidence: how each field agrees, without values. decision: what somebody said; status: what
-- follows from that, merges and erasures. staff_id: who looks into it. No column is personal.
CREATE TABLE crm_review (
    tenant_id   VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id BIGINT NOT NULL,
    other_id    BIGINT NOT NULL,
    one_id      BIGINT NOT NULL,
    two_id      BIGINT NOT NULL,
    rank_no     INTEGER NOT NULL,
    verdict     VARCHAR(16) COLLATE "C" NOT NULL,
    evidence    VARCHAR(2000) NOT NULL,
    decision    VARCHAR(16) COLLATE "C" NOT NULL,
    status      VARCHAR(16) COLLATE "C" NOT NULL,
    staff_id    VARCHAR(40) COLLATE "C",
    proposed_ms BIGINT NOT NULL,
    last_seq    BIGINT NOT NULL,
    CONSTRAINT crm_review_pk PRIMARY KEY (tenant_id, customer_id, other_id)
);
CREATE INDEX crm_review_by_one ON crm_review (tenant_id, one_id);
CREATE INDEX crm_review_by_two ON crm_review (tenant_id, two_id);
CREATE INDEX crm_review_by_status ON crm_review (tenant_id, status, rank_no, customer_id, other_id);
CREATE INDEX crm_review_by_staff ON crm_review (tenant_id, staff_id, status, rank_no, customer_id, other_id);

-- What became of a pair, never changed. staff_id: whom it was assigned to.
CREATE TABLE crm_review_entry (
    tenant_id   VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id BIGINT NOT NULL,
    other_id    BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    act         VARCHAR(16) COLLATE "C" NOT NULL,
    actor_kind  VARCHAR(16) COLLATE "C" NOT NULL,
    actor_id    VARCHAR(40) COLLATE "C" NOT NULL,
    store_id    VARCHAR(40) COLLATE "C",
    channel     VARCHAR(20) COLLATE "C",
    staff_id    VARCHAR(40) COLLATE "C",
    at_ms       BIGINT NOT NULL,
    CONSTRAINT crm_review_entry_pk PRIMARY KEY (tenant_id, customer_id, other_id, seq)
);

-- Customers by date of birth: whom a newcomer is compared with.
CREATE INDEX crm_customer_by_birth ON crm_customer (tenant_id, birth_year, birth_month, birth_day, customer_id);

INSERT INTO crm_schema (version) VALUES (14);
