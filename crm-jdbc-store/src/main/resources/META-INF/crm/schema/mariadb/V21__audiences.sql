-- Customer kernel, version 21: audiences. Instants are milliseconds since 1970 (UTC).

-- The head of a tenant's definitions of audiences: whoever defines locks it. stamp: drawn anew with each change, so that copies are told from it.
CREATE TABLE crm_audience_catalog (
    tenant_id VARCHAR(32) NOT NULL,
    stamp     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- An audience or a template of audiences as the tenant defined it, in JSON. Found by tenant.
CREATE TABLE crm_audience_definition (
    tenant_id  VARCHAR(32) NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    item_key   VARCHAR(60) NOT NULL,
    version    BIGINT NOT NULL,
    definition MEDIUMTEXT NOT NULL,
    PRIMARY KEY (tenant_id, kind, item_key),
    CONSTRAINT crm_audience_definition_counted CHECK (version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What an audience was defined as, version by version, and who defined it so; never updated. Found by tenant.
CREATE TABLE crm_audience_version (
    tenant_id    VARCHAR(32) NOT NULL,
    audience_key VARCHAR(60) NOT NULL,
    version      BIGINT NOT NULL,
    definition   MEDIUMTEXT NOT NULL,
    at_ms        BIGINT NOT NULL,
    actor_kind   VARCHAR(16) NOT NULL,
    actor_id     VARCHAR(40) NOT NULL,
    store_id     VARCHAR(40),
    channel      VARCHAR(20),
    PRIMARY KEY (tenant_id, audience_key, version)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Under which request keys definitions and snapshots were made, for ever; found and sharded by its own key.
CREATE TABLE crm_audience_request (
    tenant_id   VARCHAR(32) NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) NOT NULL,
    PRIMARY KEY (tenant_id, request_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- How far the membership of an audience got: whoever recomputes it, or changes it by hand, locks this row. generation: counts what was swapped in;
-- version, as_of_ms: which definition the members were last computed by, and as of when; run_*: what is being computed; listing: which list
-- counts, of as many as uploads; problem: why it was not computed. Found by tenant.
CREATE TABLE crm_audience_state (
    tenant_id     VARCHAR(32) NOT NULL,
    audience_key  VARCHAR(60) NOT NULL,
    generation    BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    as_of_ms      BIGINT,
    listing       BIGINT NOT NULL,
    uploads       BIGINT NOT NULL,
    problem       VARCHAR(40),
    run_version   BIGINT,
    run_as_of_ms  BIGINT,
    run_place     BIGINT,
    run_evaluated BIGINT,
    PRIMARY KEY (tenant_id, audience_key),
    CONSTRAINT crm_audience_state_counted CHECK (generation >= 0 AND listing >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A stay of a customer in an audience, from from_ms on and from until_ms on no more, numbered from 1. *_for: why it began and ended; *_version: of
-- the definition; *_generation: which computation did it, 0 for none. Personal:
-- from_ms and until_ms.
CREATE TABLE crm_audience_stay (
    tenant_id        VARCHAR(32) NOT NULL,
    customer_id      BIGINT NOT NULL,
    audience_key     VARCHAR(60) NOT NULL,
    stay_no          BIGINT NOT NULL,
    from_ms          BIGINT NOT NULL,
    from_for         VARCHAR(16) NOT NULL,
    from_version     BIGINT NOT NULL,
    from_generation  BIGINT NOT NULL,
    until_ms         BIGINT,
    until_for        VARCHAR(16),
    until_version    BIGINT,
    until_generation BIGINT,
    PRIMARY KEY (tenant_id, customer_id, audience_key, stay_no),
    CONSTRAINT crm_audience_stay_timed CHECK (stay_no > 0 AND (until_ms IS NULL OR until_ms >= from_ms))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_audience_stay_by_key ON crm_audience_stay (tenant_id, audience_key, customer_id);

-- What was said of a customer and an audience by hand. choice: IN or OUT, whatever the rule says; listing, pending: the lists that name her;
-- inherited_from: whose it was before she was merged. Personal: choice and listing.
CREATE TABLE crm_audience_pick (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    audience_key   VARCHAR(60) NOT NULL,
    choice         VARCHAR(16),
    listing        BIGINT NOT NULL,
    pending        BIGINT NOT NULL,
    inherited_from BIGINT,
    PRIMARY KEY (tenant_id, customer_id, audience_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_audience_pick_by_key ON crm_audience_pick (tenant_id, audience_key, customer_id);

-- In what a computation that is not swapped in yet will change an audience. Personal: reason.
CREATE TABLE crm_audience_draft (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    audience_key VARCHAR(60) NOT NULL,
    enters       BOOLEAN NOT NULL,
    reason       VARCHAR(16) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, audience_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Who was in a set of customers at an instant, frozen. rule: in JSON; members: how many there were then. Found by tenant.
CREATE TABLE crm_audience_snapshot (
    tenant_id    VARCHAR(32) NOT NULL,
    snapshot_key VARCHAR(60) NOT NULL,
    rule_json    MEDIUMTEXT NOT NULL,
    at_ms        BIGINT NOT NULL,
    members      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, snapshot_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A customer of a frozen set. inherited_from: who was in it before she was merged. Personal: snapshot_key.
CREATE TABLE crm_audience_frozen (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    snapshot_key   VARCHAR(60) NOT NULL,
    inherited_from BIGINT,
    PRIMARY KEY (tenant_id, customer_id, snapshot_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_audience_frozen_by_key ON crm_audience_frozen (tenant_id, snapshot_key, customer_id);

INSERT INTO crm_schema (version) VALUES (21);
