--liquibase formatted sql

--changeset ben:customer-tier
ALTER TABLE customers ADD COLUMN tier text NOT NULL;
--rollback ALTER TABLE customers DROP COLUMN tier;
