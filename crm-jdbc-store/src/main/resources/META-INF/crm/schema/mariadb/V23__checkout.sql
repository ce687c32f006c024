-- Customer kernel, version 23: checkout. Instants are milliseconds since 1970 (UTC).

-- An order that a customer settled with her assets. bill: lines, discounts and what paid, in JSON; refunds: what was refunded of which line, refund by
-- refund, in JSON. Personal: both.
CREATE TABLE crm_checkout (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    order_no    VARCHAR(50) NOT NULL,
    at_ms       BIGINT NOT NULL,
    store_id    VARCHAR(40),
    bill        MEDIUMTEXT NOT NULL,
    refunds     MEDIUMTEXT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, order_no)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO crm_schema (version) VALUES (23);
