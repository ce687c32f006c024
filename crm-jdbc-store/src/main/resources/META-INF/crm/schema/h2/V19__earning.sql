-- Customer kernel, version 19: earning programs. Instants are milliseconds since 1970 (UTC).

-- The head of what a tenant defined of one kind of assets: whoever defines locks it. stamp: drawn anew with each change, so that copies are told
-- from it.
CREATE TABLE crm_asset_catalog (
    tenant_id VARCHAR(32) NOT NULL,
    kind      VARCHAR(16) NOT NULL,
    stamp     BIGINT NOT NULL,
    CONSTRAINT crm_asset_catalog_pk PRIMARY KEY (tenant_id, kind)
);

-- A version of an earning program or another definition of assets, in JSON; latest: none follows it. Found by tenant.
CREATE TABLE crm_asset_definition (
    tenant_id  VARCHAR(32) NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    item_key   VARCHAR(40) NOT NULL,
    version    BIGINT NOT NULL,
    latest     BOOLEAN NOT NULL,
    retired    BOOLEAN NOT NULL,
    definition VARCHAR(1048576) NOT NULL,
    CONSTRAINT crm_asset_definition_pk PRIMARY KEY (tenant_id, kind, item_key, version),
    CONSTRAINT crm_asset_definition_counted CHECK (version > 0)
);

-- Under which request keys definitions of assets were made and changed, for ever; found and sharded by its own key.
CREATE TABLE crm_asset_request (
    tenant_id   VARCHAR(32) NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) NOT NULL,
    CONSTRAINT crm_asset_request_pk PRIMARY KEY (tenant_id, request_key, kind)
);

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
    outcome     VARCHAR(1048576) NOT NULL,
    returned    VARCHAR(40000) NOT NULL,
    released_ms BIGINT,
    CONSTRAINT crm_earning_pk PRIMARY KEY (tenant_id, customer_id, earning_no),
    CONSTRAINT crm_earning_counted CHECK (earning_no > 0)
);

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
    CONSTRAINT crm_earn_use_pk PRIMARY KEY (tenant_id, customer_id, period, program_key, rule_key, home_id)
);

INSERT INTO crm_schema (version) VALUES (19);
