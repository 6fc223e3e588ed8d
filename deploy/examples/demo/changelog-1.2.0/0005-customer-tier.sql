--liquibase formatted sql

--changeset ben:customer-tier
ALTER TABLE customers ADD COLUMN tier text;
--rollback ALTER TABLE customers DROP COLUMN tier;

--changeset ben:customer-tier-fill
UPDATE customers SET tier = CASE WHEN spent >= 250 THEN 'gold' ELSE 'basic' END
FROM customer_totals
WHERE customer_totals.id = customers.id;
--rollback empty

--changeset ben:customer-tier-required
ALTER TABLE customers ALTER COLUMN tier SET NOT NULL;
--rollback ALTER TABLE customers ALTER COLUMN tier DROP NOT NULL;
