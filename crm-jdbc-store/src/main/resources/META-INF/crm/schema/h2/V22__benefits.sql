-- Customer kernel, version 22: benefits, cards and redemption. Instants are milliseconds since 1970 (UTC).

-- Benefits that were given to customers by a campaign or by hand. home_id: whose it was when it was given.
CREATE TABLE crm_benefit_grant (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    grant_id    BIGINT NOT NULL,
    home_id     BIGINT NOT NULL,
    benefit_key VARCHAR(40) NOT NULL,
    origin      VARCHAR(16) NOT NULL,
    from_ms     BIGINT NOT NULL,
    until_ms    BIGINT,
    granted_ms  BIGINT NOT NULL,
    revoked_ms  BIGINT,
    reference   VARCHAR(64),
    CONSTRAINT crm_benefit_grant_pk PRIMARY KEY (tenant_id, customer_id, grant_id)
);

-- Cards of customers, each for one term. renews_id: the card it goes on from. price_minor: what it was sold for; refund_minor: what is to be paid back.
CREATE TABLE crm_card (
    tenant_id       VARCHAR(32) NOT NULL,
    customer_id     BIGINT NOT NULL,
    card_id         BIGINT NOT NULL,
    home_id         BIGINT NOT NULL,
    product_key     VARCHAR(40) NOT NULL,
    product_version BIGINT NOT NULL,
    sale            VARCHAR(16) NOT NULL,
    currency        VARCHAR(3),
    price_minor     BIGINT,
    uses            BIGINT NOT NULL,
    from_ms         BIGINT NOT NULL,
    until_ms        BIGINT,
    issued_ms       BIGINT NOT NULL,
    renews_id       BIGINT,
    refunded_ms     BIGINT,
    refund_minor    BIGINT,
    CONSTRAINT crm_card_pk PRIMARY KEY (tenant_id, customer_id, card_id),
    CONSTRAINT crm_card_refunded CHECK (refund_minor IS NULL OR refund_minor BETWEEN 0 AND price_minor)
);

-- What customers used up, and how much of that was taken back. item_key: of a coupon its id. points: what all of it cost. pass: the one-time code by which
-- it was used, which is accepted once.
CREATE TABLE crm_redemption (
    tenant_id     VARCHAR(32) NOT NULL,
    customer_id   BIGINT NOT NULL,
    redemption_id BIGINT NOT NULL,
    home_id       BIGINT NOT NULL,
    kind          VARCHAR(16) NOT NULL,
    item_key      VARCHAR(40) NOT NULL,
    amount        BIGINT NOT NULL,
    reversed      BIGINT NOT NULL,
    points        BIGINT NOT NULL,
    item_version  BIGINT NOT NULL,
    at_ms         BIGINT NOT NULL,
    booked_ms     BIGINT NOT NULL,
    store_id      VARCHAR(40),
    till          VARCHAR(40),
    staff_id      VARCHAR(40),
    reference     VARCHAR(64),
    pass          VARCHAR(40),
    CONSTRAINT crm_redemption_pk PRIMARY KEY (tenant_id, customer_id, redemption_id),
    CONSTRAINT crm_redemption_pass UNIQUE (tenant_id, customer_id, pass, kind, item_key),
    CONSTRAINT crm_redemption_balanced CHECK (amount > 0 AND reversed BETWEEN 0 AND amount)
);

CREATE INDEX crm_redemption_item ON crm_redemption (tenant_id, customer_id, kind, item_key, at_ms);

-- What became of grants, cards and redemptions. act_id: of which.
CREATE TABLE crm_benefit_entry (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    act         VARCHAR(16) NOT NULL,
    act_id      BIGINT NOT NULL,
    item        VARCHAR(64) NOT NULL,
    amount      BIGINT NOT NULL,
    at_ms       BIGINT NOT NULL,
    booked_ms   BIGINT NOT NULL,
    store_id    VARCHAR(40),
    till        VARCHAR(40),
    staff_id    VARCHAR(40),
    reference   VARCHAR(64),
    CONSTRAINT crm_benefit_entry_pk PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_benefit_entry_counted CHECK (seq > 0)
);

-- How many pieces of an offer's stock are taken; found and sharded by its own key.
CREATE TABLE crm_exchange_taken (
    tenant_id VARCHAR(32) NOT NULL,
    offer_key VARCHAR(40) NOT NULL,
    taken     BIGINT NOT NULL,
    CONSTRAINT crm_exchange_taken_pk PRIMARY KEY (tenant_id, offer_key),
    CONSTRAINT crm_exchange_taken_counted CHECK (taken >= 0)
);

INSERT INTO crm_schema (version) VALUES (22);
