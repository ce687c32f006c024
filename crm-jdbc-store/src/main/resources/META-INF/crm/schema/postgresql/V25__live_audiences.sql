-- Customer kernel, version 25: live audiences. Instants are milliseconds since 1970 (UTC).

-- When time alone may change the audiences of a customer. Personal: due_ms.
CREATE TABLE crm_audience_due (
    tenant_id   VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id BIGINT NOT NULL,
    due_ms      BIGINT NOT NULL,
    CONSTRAINT crm_audience_due_pk PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX crm_audience_due_by_time ON crm_audience_due (tenant_id, due_ms, customer_id);

-- That an audience is to be asked about all customers, and behind which customer to go on. Found by tenant.
CREATE TABLE crm_audience_run (
    tenant_id  VARCHAR(32) COLLATE "C" NOT NULL,
    item_key   VARCHAR(60) COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    place      BIGINT,
    started_ms BIGINT NOT NULL,
    CONSTRAINT crm_audience_run_pk PRIMARY KEY (tenant_id, item_key),
    CONSTRAINT crm_audience_run_counted CHECK (version > 0)
);

INSERT INTO crm_schema (version) VALUES (25);
