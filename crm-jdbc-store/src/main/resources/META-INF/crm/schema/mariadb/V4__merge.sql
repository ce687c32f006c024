-- Customer kernel, version 4: merges.

-- That a customer was merged into another, never deleted. customer_id: the one who stays; version, merged_version: of both after it. parts,
-- conflicts: what each feature moved and what could not be given back, as JSON.
CREATE TABLE crm_merge (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    version        BIGINT NOT NULL,
    merged_id      BIGINT NOT NULL,
    merged_version BIGINT NOT NULL,
    at_ms          BIGINT NOT NULL,
    actor_kind     VARCHAR(16) NOT NULL,
    actor_id       VARCHAR(40) NOT NULL,
    store_id       VARCHAR(40),
    channel        VARCHAR(20),
    parts          TEXT NOT NULL,
    ended_ms       BIGINT,
    conflicts      TEXT,
    PRIMARY KEY (tenant_id, customer_id, version)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO crm_schema (version) VALUES (4);
