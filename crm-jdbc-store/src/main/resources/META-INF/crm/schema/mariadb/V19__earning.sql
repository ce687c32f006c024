-- Customer kernel, version 19: earning programs. Instants are milliseconds since 1970 (UTC).

-- The head of what a tenant defined of one kind of assets: whoever defines locks it. stamp: drawn anew with each change, so that copies are told
-- from it.
CREATE TABLE crm_asset_catalog (
    tenant_id VARCHAR(32) NOT NULL,
    kind      VARCHAR(16) NOT NULL,
    stamp     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A version of an earning program or another definition of assets, in JSON; latest: none follows it. Found by tenant.
CREATE TABLE crm_asset_definition (
    tenant_id  VARCHAR(32) NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    item_key   VARCHAR(40) NOT NULL,
    version    BIGINT NOT NULL,
    latest     BOOLEAN NOT NULL,
    retired    BOOLEAN NOT NULL,
    definition MEDIUMTEXT NOT NULL,
    PRIMARY KEY (tenant_id, kind, item_key, version),
    CONSTRAINT crm_asset_definition_counted CHECK (version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Under which request keys definitions of assets were made and changed, for ever; found and sharded by its own key.
CREATE TABLE crm_asset_request (
    tenant_id   VARCHAR(32) NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) NOT NULL,
    PRIMARY KEY (tenant_id, request_key, kind)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What a customer was given for a purchase or an event (occasion), and why. outcome: by program, rule and line, in JSON; returned: what was given
-- back of which line by now, in JSON.
CREATE TABLE crm_earning (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    earning_no  BIGINT NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    occasion    VARCHAR(16),
    at_ms       BIGINT NOT NULL,
    store_id    VARCHAR(40),
    reference   VARCHAR(64),
    outcome     MEDIUMTEXT NOT NULL,
    returned    MEDIUMTEXT NOT NULL,
    released_ms BIGINT,
    PRIMARY KEY (tenant_id, customer_id, earning_no),
    CONSTRAINT crm_earning_counted CHECK (earning_no > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- How much of a cap a customer used over a period, such as D2026-11-29. rule_key: empty for all of a program. home_id: whose use it was, if that of
-- somebody who was merged into her; else 0.
CREATE TABLE crm_earn_use (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    period      VARCHAR(16) NOT NULL,
    program_key VARCHAR(40) NOT NULL,
    rule_key    VARCHAR(40) NOT NULL,
    home_id     BIGINT NOT NULL,
    points      BIGINT NOT NULL,
    times       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, period, program_key, rule_key, home_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

INSERT INTO crm_schema (version) VALUES (19);
