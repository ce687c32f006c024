-- Customer kernel, version 6: custom fields. Instants are milliseconds since 1970 (UTC), dates are days since 1970, amounts are in the
-- currency's smallest unit.

-- The head of a tenant's definitions: the one lock of their commands. stamp: drawn anew with each, so that copies are told from it.
CREATE TABLE crm_field_catalog (
    tenant_id VARCHAR(32) COLLATE "C" NOT NULL,
    stamp     BIGINT NOT NULL,
    CONSTRAINT crm_field_catalog_pk PRIMARY KEY (tenant_id)
);

-- A custom field as the tenant defined it, in JSON. Found by tenant.
CREATE TABLE crm_field (
    tenant_id  VARCHAR(32) COLLATE "C" NOT NULL,
    field_key  VARCHAR(32) COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    definition VARCHAR(100000) NOT NULL,
    CONSTRAINT crm_field_pk PRIMARY KEY (tenant_id, field_key),
    CONSTRAINT crm_field_counted CHECK (version > 0)
);

-- Under which request keys definitions were made and changed, for ever; found and sharded by its own key. answer: the key of the field.
CREATE TABLE crm_field_request (
    tenant_id   VARCHAR(32) COLLATE "C" NOT NULL,
    request_key VARCHAR(120) COLLATE "C" NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) COLLATE "C" NOT NULL,
    CONSTRAINT crm_field_request_pk PRIMARY KEY (tenant_id, request_key)
);

-- A value of a customer; one row for each option of several, numbered from 1. text_value: of texts and choices, and the currency of money.
-- folded: of texts that are not personal, without the differences of case and width.
-- long_value: of whole numbers, money, dates, instants, and 0 or 1. Of a personal field there is nothing but sealed, enciphered if there is
-- a cipher, and token_kind and token, by which equal values are found; fields that no two customers share have these as well. Personal: all
-- values.
CREATE TABLE crm_field_value (
    tenant_id     VARCHAR(32) COLLATE "C" NOT NULL,
    customer_id   BIGINT NOT NULL,
    field_key     VARCHAR(32) COLLATE "C" NOT NULL,
    item          INTEGER NOT NULL,
    type          VARCHAR(16) COLLATE "C" NOT NULL,
    text_value    VARCHAR(500) COLLATE "C",
    folded        VARCHAR(500) COLLATE "C",
    long_value    BIGINT,
    decimal_value DECIMAL(30, 10),
    sealed        BYTEA,
    token_kind    VARCHAR(16) COLLATE "C",
    token         VARCHAR(120) COLLATE "C",
    CONSTRAINT crm_field_value_pk PRIMARY KEY (tenant_id, customer_id, field_key, item),
    CONSTRAINT crm_field_value_numbered CHECK (item > 0)
);
CREATE INDEX crm_field_value_by_text ON crm_field_value (tenant_id, field_key, text_value, customer_id) WHERE text_value IS NOT NULL;
CREATE INDEX crm_field_value_by_folded ON crm_field_value (tenant_id, field_key, folded, customer_id) WHERE folded IS NOT NULL;
CREATE INDEX crm_field_value_by_number ON crm_field_value (tenant_id, field_key, long_value, customer_id) WHERE long_value IS NOT NULL;
CREATE INDEX crm_field_value_by_decimal ON crm_field_value (tenant_id, field_key, decimal_value, customer_id) WHERE decimal_value IS NOT NULL;
CREATE INDEX crm_field_value_by_token ON crm_field_value (tenant_id, field_key, token, customer_id) WHERE token IS NOT NULL;

-- How many values there are in all, of which portraits count how many have each: without it as many are expected as there are combinations, and all rows are
-- sorted on disk.
CREATE STATISTICS crm_field_value_values (ndistinct) ON field_key, text_value, long_value, decimal_value FROM crm_field_value;

INSERT INTO crm_schema (version) VALUES (6);
