-- Orders, refunds and the statistics of customers. Instants are milliseconds since 1970 (UTC), amounts are in the currency's smallest
-- unit, quantities in thousandths. Rows do not tell in which order facts arrived, except for the numbers of events.

-- The head of a customer's trade: the one lock of all rows below. pending_refunds: how many of her refunds wait for their order.
-- moved_to: the customer she was merged into.
CREATE TABLE crm_trade (
    tenant_id       VARCHAR(32) NOT NULL,
    customer_id     BIGINT NOT NULL,
    event_seq       BIGINT NOT NULL,
    pending_refunds BIGINT NOT NULL,
    moved_to        BIGINT,
    PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_trade_counted CHECK (event_seq >= 0 AND pending_refunds >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- An order in its latest revision. fingerprint: 64-bit hash of its content. origins: whose it was before
-- customers were merged, the first first, each followed by a blank.
CREATE TABLE crm_order (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    source       VARCHAR(20) NOT NULL,
    order_no     VARCHAR(64) NOT NULL,
    revision     BIGINT NOT NULL,
    occurred_ms  BIGINT NOT NULL,
    channel      VARCHAR(20),
    store_id     VARCHAR(40),
    currency     VARCHAR(3) NOT NULL,
    amount_minor BIGINT NOT NULL,
    units_milli  BIGINT NOT NULL,
    line_count   INTEGER NOT NULL,
    cancelled    BOOLEAN NOT NULL,
    fingerprint  BIGINT NOT NULL,
    origins      VARCHAR(200),
    PRIMARY KEY (tenant_id, customer_id, source, order_no),
    CONSTRAINT crm_order_counted CHECK (revision > 0 AND amount_minor >= 0 AND units_milli > 0 AND line_count > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_order_by_time ON crm_order (tenant_id, customer_id, occurred_ms, source, order_no);

-- The lines of an order in its latest revision, numbered from 1 in the order given.
CREATE TABLE crm_order_line (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    source         VARCHAR(20) NOT NULL,
    order_no       VARCHAR(64) NOT NULL,
    line_no        INTEGER NOT NULL,
    sku            VARCHAR(64) NOT NULL,
    category       VARCHAR(64),
    brand          VARCHAR(64),
    quantity_milli BIGINT NOT NULL,
    amount_minor   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, source, order_no, line_no),
    CONSTRAINT crm_order_line_counted CHECK (line_no > 0 AND quantity_milli > 0 AND amount_minor >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Refunds by the order they belong to, which may not have arrived; never updated or deleted.
CREATE TABLE crm_refund (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    source       VARCHAR(20) NOT NULL,
    order_no     VARCHAR(64) NOT NULL,
    refund_no    VARCHAR(64) NOT NULL,
    occurred_ms  BIGINT NOT NULL,
    currency     VARCHAR(3) NOT NULL,
    amount_minor BIGINT NOT NULL,
    units_milli  BIGINT NOT NULL,
    fingerprint  BIGINT NOT NULL,
    origins      VARCHAR(200),
    PRIMARY KEY (tenant_id, customer_id, source, order_no, refund_no),
    CONSTRAINT crm_refund_counted CHECK (amount_minor > 0 AND units_milli >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A customer's statistics in one currency: what her orders and refunds above come to. pending: refunds whose order is not known.
CREATE TABLE crm_trade_total (
    tenant_id       VARCHAR(32) NOT NULL,
    customer_id     BIGINT NOT NULL,
    currency        VARCHAR(3) NOT NULL,
    orders          BIGINT NOT NULL,
    amount_minor    BIGINT NOT NULL,
    units_milli     BIGINT NOT NULL,
    refunds         BIGINT NOT NULL,
    refunded_minor  BIGINT NOT NULL,
    pending_refunds BIGINT NOT NULL,
    pending_minor   BIGINT NOT NULL,
    first_ms        BIGINT,
    last_ms         BIGINT,
    PRIMARY KEY (tenant_id, customer_id, currency),
    CONSTRAINT crm_trade_total_counted CHECK (orders >= 0 AND amount_minor >= 0 AND units_milli >= 0 AND refunds >= 0
        AND refunded_minor >= 0 AND pending_refunds >= 0 AND pending_minor >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The same by month, day, store, channel and category; a row that comes to nothing is removed. Months and days are the retailer's.
CREATE TABLE crm_trade_bucket (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    currency       VARCHAR(3) NOT NULL,
    dimension      VARCHAR(16) NOT NULL,
    bucket         VARCHAR(64) NOT NULL,
    orders         BIGINT NOT NULL,
    amount_minor   BIGINT NOT NULL,
    units_milli    BIGINT NOT NULL,
    refunds        BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, currency, dimension, bucket),
    CONSTRAINT crm_trade_bucket_counted CHECK (orders >= 0 AND amount_minor >= 0 AND units_milli >= 0 AND refunds >= 0
        AND refunded_minor >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO crm_schema (version) VALUES (3);
