-- Customer kernel, version 15: tags. Instants are milliseconds since 1970 (UTC).

-- The head of a tenant's definitions: whoever defines locks it, whoever tags a customer holds it. stamp: drawn anew with each change, so that
-- copies are told from it.
CREATE TABLE crm_tag_catalog (
    tenant_id VARCHAR(32) NOT NULL,
    stamp     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A tag, a group of tags or a template of both as the tenant defined it, in JSON. Found by tenant.
CREATE TABLE crm_tag_definition (
    tenant_id  VARCHAR(32) NOT NULL,
    kind       VARCHAR(16) NOT NULL,
    item_key   VARCHAR(60) NOT NULL,
    version    BIGINT NOT NULL,
    definition MEDIUMTEXT NOT NULL,
    PRIMARY KEY (tenant_id, kind, item_key),
    CONSTRAINT crm_tag_definition_counted CHECK (version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Under which request keys definitions were made and changed, for ever; found and sharded by its own key.
CREATE TABLE crm_tag_request (
    tenant_id   VARCHAR(32) NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) NOT NULL,
    PRIMARY KEY (tenant_id, request_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A tag of a customer, which holds from from_ms on and from until_ms on no more. until_ms = from_ms: it was taken away by hand, and rules leave
-- it so. *_value: as in crm_field_value. source: what assigned it; reference, reference_version: which rule, file or channel. Personal:
-- text_value.
CREATE TABLE crm_tag_assignment (
    tenant_id         VARCHAR(32) NOT NULL,
    customer_id       BIGINT NOT NULL,
    tag_key           VARCHAR(60) NOT NULL,
    from_ms           BIGINT NOT NULL,
    until_ms          BIGINT,
    value_type        VARCHAR(16),
    text_value        VARCHAR(500),
    long_value        BIGINT,
    decimal_value     DECIMAL(30, 10),
    source            VARCHAR(16) NOT NULL,
    reference         VARCHAR(60),
    reference_version BIGINT,
    actor_kind        VARCHAR(16) NOT NULL,
    actor_id          VARCHAR(40) NOT NULL,
    store_id          VARCHAR(40),
    channel           VARCHAR(20),
    PRIMARY KEY (tenant_id, customer_id, tag_key),
    CONSTRAINT crm_tag_assignment_timed CHECK (until_ms IS NULL OR until_ms >= from_ms)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_tag_assignment_by_tag ON crm_tag_assignment (tenant_id, tag_key, customer_id);
CREATE INDEX crm_tag_assignment_by_end ON crm_tag_assignment (tenant_id, until_ms, customer_id);

-- What became of a customer's tags; never updated, and deleted only when she is erased. *_mark: the assignment before and after, in JSON;
-- batch_id: the batch that did it. Personal: both marks.
CREATE TABLE crm_tag_entry (
    tenant_id         VARCHAR(32) NOT NULL,
    customer_id       BIGINT NOT NULL,
    seq               BIGINT NOT NULL,
    tag_key           VARCHAR(60) NOT NULL,
    act               VARCHAR(16) NOT NULL,
    at_ms             BIGINT NOT NULL,
    before_mark       VARCHAR(4000),
    after_mark        VARCHAR(4000),
    source            VARCHAR(16) NOT NULL,
    reference         VARCHAR(60),
    reference_version BIGINT,
    batch_id          VARCHAR(60),
    actor_kind        VARCHAR(16) NOT NULL,
    actor_id          VARCHAR(40) NOT NULL,
    store_id          VARCHAR(40),
    channel           VARCHAR(20),
    reason            VARCHAR(40),
    PRIMARY KEY (tenant_id, customer_id, seq),
    CONSTRAINT crm_tag_entry_counted CHECK (seq > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_tag_entry_by_batch ON crm_tag_entry (tenant_id, batch_id, customer_id, seq);

-- How the number of customers with a tag changes at at_ms, by delta: the sum up to an instant is how many have it then. Only added to, but that
-- rows of the past are put together. entry_no: drawn at random. Sharded by tag.
CREATE TABLE crm_tag_tally (
    tenant_id VARCHAR(32) NOT NULL,
    tag_key   VARCHAR(60) NOT NULL,
    at_ms     BIGINT NOT NULL,
    entry_no  BIGINT NOT NULL,
    delta     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, tag_key, at_ms, entry_no)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A batch, and how far it and its undoing got. content: what it does, in JSON; place, undo_place: behind which customer it goes on.
CREATE TABLE crm_tag_batch (
    tenant_id   VARCHAR(32) NOT NULL,
    batch_id    VARCHAR(60) NOT NULL,
    content     MEDIUMTEXT NOT NULL,
    state       VARCHAR(16) NOT NULL,
    place       VARCHAR(200),
    undo_place  VARCHAR(200),
    changed     BIGINT NOT NULL,
    unchanged   BIGINT NOT NULL,
    refused     BIGINT NOT NULL,
    undone      BIGINT NOT NULL,
    started_ms  BIGINT NOT NULL,
    ended_ms    BIGINT,
    PRIMARY KEY (tenant_id, batch_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Why a batch did not change a customer; those it changed are in crm_tag_entry.
CREATE TABLE crm_tag_batch_outcome (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    batch_id    VARCHAR(60) NOT NULL,
    outcome     VARCHAR(40) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, batch_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_tag_batch_outcome_by_batch ON crm_tag_batch_outcome (tenant_id, batch_id, customer_id);

INSERT INTO crm_schema (version) VALUES (15);
