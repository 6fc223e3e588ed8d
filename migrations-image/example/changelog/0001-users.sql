--liquibase formatted sql

--changeset shop:users
create table users (
  id bigint generated always as identity primary key,
  name text not null
);

-- an index of a large table is built beside its use, outside of a transaction
--changeset shop:users-name-index runInTransaction:false
create index concurrently if not exists users_name on users (name);
