-- Customer kernel, version 1. Every key but that of a look-up starts with tenant and customer. Instants are milliseconds since 1970
-- (UTC), amounts are in the asset's smallest unit.

-- The version of these tables, one row.
CREATE TABLE crm_schema (
    version INTEGER NOT NULL
);
INSERT INTO crm_schema (version) VALUES (1);

-- Which request keys were booked, for ever, and what the answer was. home_id: whose rows the answer names, if they are those of a
-- customer who was merged into this one.
CREATE TABLE crm_request (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    fingerprint BIGINT NOT NULL,
    answer      VARCHAR(80) NOT NULL,
    home_id     BIGINT,
    PRIMARY KEY (tenant_id, customer_id, request_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- A customer: her state, profile and how she joined. Personal: the column of that name, with names, addresses and remark as JSON,
-- enciphered if there is a cipher; less so gender, birth date, language and time zone, which audiences are selected by.
CREATE TABLE crm_customer (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    event_seq    BIGINT NOT NULL,
    status       VARCHAR(16) NOT NULL,
    party        VARCHAR(16),
    personal     BLOB,
    gender       VARCHAR(16),
    birth_year   INTEGER,
    birth_month  INTEGER,
    birth_day    INTEGER,
    language     VARCHAR(35),
    time_zone    VARCHAR(64),
    joined_ms    BIGINT NOT NULL,
    joined_store VARCHAR(40),
    joined_staff VARCHAR(40),
    changed_ms   BIGINT NOT NULL,
    merged_into  BIGINT,
    PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_customer_counted CHECK (customer_id > 0 AND version > 0 AND event_seq > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- That a field of a customer was changed; never updated. stated_ms: when the value was stated, if it came by a
-- merge. Personal: before_value, after_value, enciphered if there is a cipher.
CREATE TABLE crm_customer_change (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    line         INTEGER NOT NULL,
    field        VARCHAR(60) NOT NULL,
    before_value BLOB,
    after_value  BLOB,
    actor_kind   VARCHAR(16) NOT NULL,
    actor_id     VARCHAR(40) NOT NULL,
    store_id     VARCHAR(40),
    channel      VARCHAR(20),
    at_ms        BIGINT NOT NULL,
    stated_ms    BIGINT,
    PRIMARY KEY (tenant_id, customer_id, version, line)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The key that a customer's personal data is enciphered with, wrapped by the tenant's. Without it nothing of hers can be read.
CREATE TABLE crm_data_key (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    wrapped     VARBINARY(120) NOT NULL,
    PRIMARY KEY (tenant_id, customer_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- What a customer is known by. Issuer: the system of a chat id or external number, else empty. Without a cipher the token is the normal
-- form; with one the kind names the version of the key, the token is a blind index and sealed the enciphered normal form. Personal:
-- token, sealed.
CREATE TABLE crm_identity (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    issuer      VARCHAR(20) NOT NULL,
    token       VARCHAR(254) NOT NULL,
    sealed      VARBINARY(1200),
    PRIMARY KEY (tenant_id, customer_id, kind, issuer, token)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- From an identity, or from the request key of a registration, to the customer; found and sharded by its own key. Personal: token.
CREATE TABLE crm_identity_lookup (
    tenant_id   VARCHAR(32) NOT NULL,
    kind        VARCHAR(16) NOT NULL,
    issuer      VARCHAR(20) NOT NULL,
    token       VARCHAR(254) NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, kind, issuer, token)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Events until they are delivered; ordered by seq within a source of a customer. lease and lease_until_ms: which claim has the stream
-- that starts with this row, and until when.
CREATE TABLE crm_outbox (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    source         VARCHAR(16) NOT NULL,
    seq            BIGINT NOT NULL,
    type           VARCHAR(60) NOT NULL,
    at_ms          BIGINT NOT NULL,
    data           VARCHAR(4000) NOT NULL,
    tries          INTEGER DEFAULT 0 NOT NULL,
    wait_until_ms  BIGINT DEFAULT 0 NOT NULL,
    lease_until_ms BIGINT DEFAULT 0 NOT NULL,
    lease          BIGINT DEFAULT 0 NOT NULL,
    parked         BOOLEAN DEFAULT FALSE NOT NULL,
    error          VARCHAR(200),
    PRIMARY KEY (tenant_id, customer_id, source, seq)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- One row a customer that ever had an account: inserting it is what two first bookings at once wait on.
-- moved_to: the customer she was merged into, here and in her accounts.
CREATE TABLE crm_wallet (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    moved_to    BIGINT,
    PRIMARY KEY (tenant_id, customer_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The head of an account: sums as of its last entry. All rows of a customer together are her wallet, the one lock of the ledger.
CREATE TABLE crm_account (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    asset       VARCHAR(40) NOT NULL,
    seq         BIGINT NOT NULL,
    posted      BIGINT NOT NULL,
    held        BIGINT NOT NULL,
    debt        BIGINT NOT NULL,
    pending     BIGINT NOT NULL,
    as_of_ms    BIGINT NOT NULL,
    active_ms   BIGINT,
    due_ms      BIGINT,
    slides      BOOLEAN NOT NULL,
    event_seq   BIGINT NOT NULL,
    moved_to    BIGINT,
    PRIMARY KEY (tenant_id, customer_id, asset),
    CONSTRAINT crm_account_balanced CHECK (held >= 0 AND debt >= 0 AND pending >= 0 AND posted - held + debt >= pending)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- The ledger: never updated, never deleted.
CREATE TABLE crm_entry (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    asset          VARCHAR(40) NOT NULL,
    seq            BIGINT NOT NULL,
    type           VARCHAR(16) NOT NULL,
    amount         BIGINT NOT NULL,
    balance_after  BIGINT NOT NULL,
    held_after     BIGINT NOT NULL,
    at_ms          BIGINT NOT NULL,
    occurred_ms    BIGINT NOT NULL,
    request_key    VARCHAR(120),
    reverses       BIGINT,
    pro_rata       BOOLEAN NOT NULL,
    reference      VARCHAR(64),
    reason         VARCHAR(200),
    store_id       VARCHAR(40),
    staff_id       VARCHAR(40),
    PRIMARY KEY (tenant_id, customer_id, asset, seq),
    CONSTRAINT crm_entry_numbered CHECK (seq > 0 AND held_after >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Value that came in by one entry. open_until_ms is its expiry (or the last instant) while something remains or is held, else null.
CREATE TABLE crm_lot (
    tenant_id      VARCHAR(32) NOT NULL,
    customer_id    BIGINT NOT NULL,
    asset          VARCHAR(40) NOT NULL,
    lot_no         BIGINT NOT NULL,
    part           VARCHAR(16) NOT NULL,
    granted        BIGINT NOT NULL,
    remaining      BIGINT NOT NULL,
    held           BIGINT NOT NULL,
    available_ms   BIGINT NOT NULL,
    expires_ms     BIGINT,
    open_until_ms  BIGINT,
    slide_days     INTEGER NOT NULL,
    cost_currency  VARCHAR(3),
    cost_minor     BIGINT,
    PRIMARY KEY (tenant_id, customer_id, asset, lot_no),
    CONSTRAINT crm_lot_balanced CHECK (granted > 0 AND remaining >= 0 AND held >= 0 AND remaining + held <= granted)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_lot_open ON crm_lot (tenant_id, customer_id, asset, open_until_ms, lot_no);

-- What an entry did to a lot, in order; lot 0 is the debt. The grant of a new lot is the lot itself.
CREATE TABLE crm_movement (
    tenant_id   VARCHAR(32) NOT NULL,
    customer_id BIGINT NOT NULL,
    asset       VARCHAR(40) NOT NULL,
    seq         BIGINT NOT NULL,
    line        INTEGER NOT NULL,
    lot_no      BIGINT NOT NULL,
    part        VARCHAR(16) NOT NULL,
    delta       BIGINT NOT NULL,
    held_delta  BIGINT NOT NULL,
    cost_minor  BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, asset, seq, line)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- Value reserved for a while. open_until_ms is its end while it is open, else null.
CREATE TABLE crm_hold (
    tenant_id     VARCHAR(32) NOT NULL,
    customer_id   BIGINT NOT NULL,
    asset         VARCHAR(40) NOT NULL,
    hold_no       BIGINT NOT NULL,
    amount        BIGINT NOT NULL,
    expires_ms    BIGINT NOT NULL,
    state         VARCHAR(16) NOT NULL,
    captured      BIGINT NOT NULL,
    ended_by      BIGINT NOT NULL,
    open_until_ms BIGINT,
    PRIMARY KEY (tenant_id, customer_id, asset, hold_no),
    CONSTRAINT crm_hold_bounded CHECK (amount > 0 AND captured >= 0 AND captured <= amount)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_hold_open ON crm_hold (tenant_id, customer_id, asset, open_until_ms);

-- A gift card. customer_id: the card's own id, which owns the account with its value. bound_to: the only customer who can use it.
CREATE TABLE crm_gift_card (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    event_seq    BIGINT NOT NULL,
    state        VARCHAR(16) NOT NULL,
    code_hash    VARCHAR(64) NOT NULL,
    last_four    VARCHAR(4) NOT NULL,
    batch_id     BIGINT NOT NULL,
    batch_no     INTEGER NOT NULL,
    currency     VARCHAR(3) NOT NULL,
    face_minor   BIGINT NOT NULL,
    bound_to     BIGINT,
    expires_ms   BIGINT,
    activated_ms BIGINT,
    issued_ms    BIGINT NOT NULL,
    changed_ms   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT crm_gift_card_counted CHECK (customer_id > 0 AND version > 0 AND event_seq > 0 AND batch_no > 0 AND face_minor > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_gift_card_of_batch ON crm_gift_card (tenant_id, batch_id, batch_no);

-- From the hash of a code to the card; found and sharded by its own key.
CREATE TABLE crm_gift_card_code (
    tenant_id   VARCHAR(32) NOT NULL,
    code_hash   VARCHAR(64) NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, code_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;

-- From the request key of an issue to the batch it made; found and sharded by its own key. customer_id: the batch's own id.
CREATE TABLE crm_gift_card_batch (
    tenant_id   VARCHAR(32) NOT NULL,
    request_key VARCHAR(120) NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, request_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
