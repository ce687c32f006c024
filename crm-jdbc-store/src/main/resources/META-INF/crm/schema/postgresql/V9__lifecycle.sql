-- The stages at which customers are, and those they come to by time alone. Instants are milliseconds since 1970 (UTC). No column is personal.

-- The stage that was booked last. due_*, second_*, third_*: what time alone changes next, and after that.
CREATE TABLE crm_lifecycle (
    tenant_id    VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id  BIGINT NOT NULL,
    stage        VARCHAR(16) COLLATE "C" NOT NULL,
    since_ms     BIGINT NOT NULL,
    event_seq    BIGINT NOT NULL,
    due_ms       BIGINT,
    due_stage    VARCHAR(16) COLLATE "C",
    second_ms    BIGINT,
    second_stage VARCHAR(16) COLLATE "C",
    third_ms     BIGINT,
    third_stage  VARCHAR(16) COLLATE "C",
    PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_lifecycle_counted CHECK (event_seq >= 0)
);
CREATE INDEX crm_lifecycle_by_due ON crm_lifecycle (tenant_id, due_ms, customer_id);

INSERT INTO crm_schema (version) VALUES (9);
