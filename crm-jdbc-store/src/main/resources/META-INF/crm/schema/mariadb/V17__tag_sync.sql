-- Customer kernel, version 17: synchronisation of tags. Instants are milliseconds since 1970 (UTC).

-- How far the synchronisation of tags with an outside system is. place: where its next page starts; counts: what was done, in JSON; version:
-- whoever goes on takes the place of the one before. Small; found by tenant.
CREATE TABLE crm_sync_run (
    tenant_id     VARCHAR(32) NOT NULL,
    channel       VARCHAR(40) NOT NULL,
    run_no        BIGINT NOT NULL,
    dry           BOOLEAN NOT NULL,
    phase         VARCHAR(16) NOT NULL,
    stopped_in    VARCHAR(16),
    place         VARCHAR(2000),
    attempts      INTEGER NOT NULL,
    not_before_ms BIGINT,
    pace_from_ms  BIGINT,
    pace_calls    INTEGER NOT NULL,
    counts        VARCHAR(2000) NOT NULL,
    problem       VARCHAR(40),
    started_ms    BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, channel),
    CONSTRAINT crm_sync_run_counted CHECK (version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- That a tag and one of an outside system are the same. name: that both had when they were compared last; since_run, seen_run: the runs that
-- linked them and saw the outside one last. Found by tenant.
CREATE TABLE crm_sync_link (
    tenant_id  VARCHAR(32) NOT NULL,
    channel    VARCHAR(40) NOT NULL,
    outside_id VARCHAR(120) NOT NULL,
    tag_key    VARCHAR(60) NOT NULL,
    name       VARCHAR(120) NOT NULL,
    since_run  BIGINT NOT NULL,
    seen_run   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, channel, outside_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What a customer and her outside namesake both had when they were compared last. Without a cipher the token is the reference by which the
-- outside system knows her; with one token_kind names the version of the key, the token is a blind index and sealed the enciphered reference.
-- home_id: whose it was before customers were merged; run_no, tried_run: the runs that compared her and tried to last; tags: what both had, and
-- asked: what is to be decided, in JSON; is_open: something is, or there was a problem. Personal: token_kind, token, sealed.
CREATE TABLE crm_sync_mark (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    channel     VARCHAR(40) NOT NULL,
    token_kind  VARCHAR(16) NOT NULL,
    token       VARCHAR(200) NOT NULL,
    sealed      VARBINARY(1000) NOT NULL,
    home_id     BIGINT NOT NULL,
    run_no      BIGINT NOT NULL,
    tried_run   BIGINT NOT NULL,
    tags        MEDIUMTEXT NOT NULL,
    asked       MEDIUMTEXT NOT NULL,
    problem     VARCHAR(40),
    is_open     BOOLEAN NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, channel, token_kind, token),
    CONSTRAINT crm_sync_mark_counted CHECK (version > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_sync_mark_by_open ON crm_sync_mark (tenant_id, channel, is_open, customer_id);

INSERT INTO crm_schema (version) VALUES (17);
