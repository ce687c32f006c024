-- Customer kernel, version 13: customers found by the last four of a phone number or member card.

-- Rows of kind LAST_FOUR are shared by many: their issuer is the customer, by whom they are ordered within a token. All others are asked for by
-- the whole key, which serves them in any order.
ALTER TABLE crm_identity_lookup DROP CONSTRAINT crm_identity_lookup_pk;
ALTER TABLE crm_identity_lookup ADD CONSTRAINT crm_identity_lookup_pk PRIMARY KEY (tenant_id, kind, token, issuer);

INSERT INTO crm_schema (version) VALUES (13);
