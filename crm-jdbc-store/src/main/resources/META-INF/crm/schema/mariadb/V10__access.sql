-- Customer kernel, version 10: who was shown personal data.

-- That an operator was shown personal data of a customer in clear, never changed. entry_no: rises with time; access_right: by which right.
CREATE TABLE crm_access (
    tenant_id    VARCHAR(32) NOT NULL,
    customer_id  BIGINT NOT NULL,
    entry_no     BIGINT NOT NULL,
    at_ms        BIGINT NOT NULL,
    staff_id     VARCHAR(40) NOT NULL,
    access_right VARCHAR(32) NOT NULL,
    purpose      VARCHAR(100),
    PRIMARY KEY (tenant_id, customer_id, entry_no)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
CREATE INDEX crm_access_by_staff ON crm_access (tenant_id, staff_id, entry_no);

INSERT INTO crm_schema (version) VALUES (10);
