--liquibase formatted sql

--changeset ben:seed
INSERT INTO customers (name, email) VALUES
  ('Ada', 'ada@example.com'),
  ('Grace', 'grace@example.com'),
  ('Edsger', 'edsger@example.com');
INSERT INTO orders (customer_id, total)
SELECT c.id, n * 12.50 * c.id
FROM customers c
CROSS JOIN generate_series(1, 4) AS n;
--rollback DELETE FROM orders; DELETE FROM customers;
