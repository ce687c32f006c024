-- What customers and anonymous visitors do. Instants are milliseconds since 1970 (UTC).

-- The versions of event types; never updated or deleted. properties: a line each of name, kind, maximal length and whether it is
-- required, divided by blanks.
CREATE TABLE crm_behavior_type (
    tenant_id      VARCHAR(32) NOT NULL,
    name           VARCHAR(60) NOT NULL,
    version        INTEGER NOT NULL,
    properties     VARCHAR(4000) NOT NULL,
    retention_days INTEGER,
    retired        BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, name, version),
    CONSTRAINT crm_behavior_type_counted CHECK (version > 0 AND retention_days > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A visitor by the hash of its token. visitor_id: its own, under which its events are kept until it is linked. links: since when it has
-- been which customer, divided by commas: in the row that is locked, so that one statement locks a visitor and reads all about it.
CREATE TABLE crm_visitor (
    tenant_id    VARCHAR(32) NOT NULL,
    visitor_hash VARCHAR(43) NOT NULL,
    visitor_id   BIGINT NOT NULL,
    links        VARCHAR(2000) NOT NULL,
    PRIMARY KEY (tenant_id, visitor_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The visitors a customer was, to be found when she is to be forgotten.
CREATE TABLE crm_customer_visitor (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    visitor_hash VARCHAR(43) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, visitor_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Events by whose they are, a customer's or, by its own id, a visitor's. properties: JSON, equal text if equal. fingerprint: 64-bit hash of
-- the content.
CREATE TABLE crm_behavior (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    source      VARCHAR(20) NOT NULL,
    event_id    VARCHAR(64) NOT NULL,
    type        VARCHAR(60) NOT NULL,
    occurred_ms BIGINT NOT NULL,
    received_ms BIGINT NOT NULL,
    channel     VARCHAR(20),
    store_id    VARCHAR(40),
    properties  VARCHAR(4000) NOT NULL,
    fingerprint BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, source, event_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_behavior_by_type ON crm_behavior (tenant_id, customer_id, type, occurred_ms);
CREATE INDEX crm_behavior_by_time ON crm_behavior (tenant_id, customer_id, occurred_ms, source, event_id);

INSERT INTO crm_schema (version) VALUES (5);
