-- Customer kernel, version 18: coupons. Instants are milliseconds since 1970 (UTC).

-- A version of a template, in JSON; never updated. Found by tenant.
CREATE TABLE crm_coupon_template (
    tenant_id    VARCHAR(32) NOT NULL,
    template_key VARCHAR(60) NOT NULL,
    version      BIGINT NOT NULL,
    definition   MEDIUMTEXT NOT NULL,
    PRIMARY KEY (tenant_id, template_key, version),
    CONSTRAINT crm_coupon_template_counted CHECK (version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- How many coupons of a template were taken, in all (day_no 0, made with the template and locked before the others) and on days that have a
-- limit (day_no: days since 1970 in the retailer's zone). Found by tenant.
CREATE TABLE crm_coupon_taken (
    tenant_id    VARCHAR(32) NOT NULL,
    template_key VARCHAR(60) NOT NULL,
    day_no       BIGINT NOT NULL,
    taken        BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, template_key, day_no),
    CONSTRAINT crm_coupon_taken_counted CHECK (taken >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Under which request keys templates were defined and batches opened, for ever; found and sharded by its own key.
CREATE TABLE crm_coupon_request (
    tenant_id   VARCHAR(32) NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) NOT NULL,
    PRIMARY KEY (tenant_id, request_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A batch of codes. imported: they were made elsewhere; ordered, made: how many there are to be, and are. Found and sharded by its own key.
CREATE TABLE crm_coupon_batch (
    tenant_id    VARCHAR(32) NOT NULL,
    batch_id     BIGINT NOT NULL,
    template_key VARCHAR(60) NOT NULL,
    imported     BOOLEAN NOT NULL,
    ordered      BIGINT NOT NULL,
    made         BIGINT NOT NULL,
    withdrawn    BOOLEAN NOT NULL,
    opened_ms    BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, batch_id),
    CONSTRAINT crm_coupon_batch_counted CHECK (made >= 0 AND made <= ordered AND version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- From the hash of a code to its batch, and to the coupon that a customer got for it; found and sharded by its own key. holder_id, coupon_id: null
-- until somebody brings it.
CREATE TABLE crm_coupon_code (
    tenant_id VARCHAR(32) NOT NULL,
    code_hash VARCHAR(64) NOT NULL,
    batch_id  BIGINT NOT NULL,
    holder_id BIGINT,
    coupon_id BIGINT,
    PRIMARY KEY (tenant_id, code_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A coupon of a customer, which is good from from_ms on and from until_ms on no more. locked_until_ms: while it is reserved; reference: for what it
-- is, or was used; other_id: to whom she gave it; home_id: whose it was before customers were merged. Personal: reference.
CREATE TABLE crm_coupon (
    tenant_id        VARCHAR(32) NOT NULL,
    customer_id      BIGINT NOT NULL,
    coupon_id        BIGINT NOT NULL,
    template_key     VARCHAR(60) NOT NULL,
    template_version BIGINT NOT NULL,
    state            VARCHAR(16) NOT NULL,
    origin           VARCHAR(16) NOT NULL,
    from_ms          BIGINT NOT NULL,
    until_ms         BIGINT NOT NULL,
    locked_until_ms  BIGINT,
    reference        VARCHAR(128),
    other_id         BIGINT,
    home_id          BIGINT NOT NULL,
    obtained_ms      BIGINT NOT NULL,
    version          BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, coupon_id),
    CONSTRAINT crm_coupon_counted CHECK (coupon_id > 0 AND version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_coupon_by_template ON crm_coupon (tenant_id, template_key, state, customer_id);

-- What became of a customer's coupons; never updated, and deleted only when she is erased. coupon_version: of the coupon after it; other_id: from
-- whom she got it, or to whom she gave it. Personal: reference.
CREATE TABLE crm_coupon_entry (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    seq            BIGINT NOT NULL,
    coupon_id      BIGINT NOT NULL,
    coupon_version BIGINT NOT NULL,
    template_key   VARCHAR(60) NOT NULL,
    act            VARCHAR(16) NOT NULL,
    at_ms          BIGINT NOT NULL,
    occurred_ms    BIGINT NOT NULL,
    other_id       BIGINT,
    reference      VARCHAR(128),
    store_id       VARCHAR(40),
    staff_id       VARCHAR(40),
    PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_coupon_entry_counted CHECK (seq > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_coupon_entry_by_coupon ON crm_coupon_entry (tenant_id, customer_id, coupon_id, seq);

INSERT INTO crm_schema (version) VALUES (18);
