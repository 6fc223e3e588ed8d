create schema sluice_rehearsal;
grant usage on schema sluice_rehearsal to public;

-- an event is rolled back with the statement that it tells of
create unlogged table sluice_rehearsal.event (
  n bigint generated always as identity primary key,
  kind text not null,
  id oid not null,
  flags int not null default 0,
  name text not null default '',
  detail text not null default '',
  extra text not null default ''
);

-- the self-test reads it
create table sluice_rehearsal.known ();

create type sluice_rehearsal.fact as (
  kind text,
  id bigint,
  number bigint,
  seq_scans bigint,
  idx_scans bigint,
  storage bigint,
  flags int,
  name text,
  detail text,
  extra text
);

create function sluice_rehearsal.strength(mode text) returns int
language sql immutable
return array_position(
  array['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
    'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  mode);

-- of the transaction that is open, or of the statement that calls it: no two begin at the same time. The time zone is nothing to it
create function sluice_rehearsal.transaction() returns text
language sql stable
return extract(epoch from transaction_timestamp())::text;

create function sluice_rehearsal.note_commands() returns event_trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sluice_rehearsal.event (kind, id, name, detail, extra)
  select 'command', coalesce(objid, 0), command_tag, coalesce(object_identity, ''), coalesce(object_type, '')
  from pg_event_trigger_ddl_commands()
  where not in_extension and coalesce(schema_name, '') not in ('sluice_rehearsal', 'pg_temp', 'pg_toast');
  -- where no transaction holds more than one statement, its locks are seen here or never
  if current_setting('sluice_rehearsal.outside', true) = 'on' then
    insert into sluice_rehearsal.event (kind, id, flags)
    select 'lock', relation, max(sluice_rehearsal.strength(mode))
    from pg_lock_status()
    where pid = pg_backend_pid() and granted and locktype = 'relation' and relation >= 16384
    group by relation;
  end if;
end $$;

create function sluice_rehearsal.note_drops() returns event_trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sluice_rehearsal.event (kind, id, flags, detail, extra)
  select 'drop', objid, original::int + 2 * normal::int, object_identity, object_type
  from pg_event_trigger_dropped_objects()
  where not is_temporary
    and schema_name is distinct from 'pg_toast'
    and schema_name is distinct from 'sluice_rehearsal'
    -- what comes with a table, a type, a foreign key, a view
    and not (object_type = 'type' and not original and not normal)
    and not (object_type = 'trigger' and object_identity like '"RI\_ConstraintTrigger%')
    and not (object_type = 'rule' and object_identity like '"\_RETURN" on %');
end $$;

create function sluice_rehearsal.note_rewrites() returns event_trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  insert into sluice_rehearsal.event (kind, id, flags)
  values ('rewrite', pg_event_trigger_table_rewrite_oid(), pg_event_trigger_table_rewrite_reason());
end $$;

-- why less is seen than usual; empty if nothing is in the way
create function sluice_rehearsal.blindness() returns text
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
  return concat_ws('; ',
    case when current_setting('track_counts') <> 'on' then 'track_counts is off: scans are not counted' end,
    case when current_setting('event_triggers', true) = 'off'
      then 'event_triggers is off: drops, rewrites and DDL commands are not seen' end,
    case when 3 <> (
      select count(*) from pg_event_trigger where evtname like 'sluice\_rehearsal\_%' and evtenabled = 'A')
    then 'an event trigger of the rehearsal is disabled or missing: drops, rewrites and DDL commands are not seen' end);
end $$;

-- every table of the database with its scans of all time, which 14 doesn't know exactly
create function sluice_rehearsal.tables() returns setof sluice_rehearsal.fact
language plpgsql security definer
set search_path = pg_catalog, pg_temp
-- a plan that was made for few tables serves for many
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  exact boolean := current_setting('server_version_num')::int >= 150000;
begin
  return query
  select 'table', c.oid::bigint, 0::bigint,
    case when exact then pg_stat_get_numscans(c.oid) + pg_stat_get_xact_numscans(c.oid) else -1 end,
    case when exact then (
      select coalesce(sum(pg_stat_get_numscans(indexrelid) + pg_stat_get_xact_numscans(indexrelid)), 0)::bigint
      from pg_index where indrelid = c.oid)
    else 0 end,
    c.relfilenode::bigint, (c.reltuples < 0 and c.relkind = 'r')::int, '', '', ''
  from pg_class c
  where c.oid >= 16384 and c.relkind in ('r', 'p', 'm', 'f') and c.relpersistence <> 't'
    and c.relnamespace <> 'sluice_rehearsal'::regnamespace;
end $$;

-- a changeset begins: the object id below which all that exists is, and the tables that are new or changed
-- since the transaction given, or have a count
create function sluice_rehearsal.begins(since text) returns setof sluice_rehearsal.fact
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  version int := current_setting('server_version_num');
  -- what comes later has a younger transaction
  horizon text := (pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text;
  youngest int := case when since = '' then 2147483647 else age(since::xid) end;
  -- of this session, not yet among those of all time
  counted oid[] := '{}';
begin
  if current_setting('sluice_rehearsal.outside', true) = 'on' then
    perform set_config('sluice_rehearsal.outside', 'off', false);
  end if;
  -- a schema with another name renames its tables
  if exists (select from pg_namespace where age(xmin) <= youngest) then
    youngest := 2147483647;
  end if;
  if version >= 150000 then
    -- when this transaction has ended: so the next changeset begins at 0
    perform pg_stat_force_next_flush();
  end if;
  if version < 150000 or since = '' then
    counted := array(
      select c.oid from pg_class c
      where c.oid >= 16384 and c.relkind in ('r', 'p', 'm', 'f')
        and (pg_stat_get_xact_numscans(c.oid) <> 0
          or c.oid in (select indrelid from pg_index where indrelid >= 16384 and pg_stat_get_xact_numscans(indexrelid) <> 0)));
  end if;
  return query
  select 'state', pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')::bigint,
    coalesce((select max(n) from sluice_rehearsal.event), 0),
    0::bigint, 0::bigint, 0::bigint,
    (version >= 180000)::int,
    sluice_rehearsal.transaction(), horizon, '';
  return query
  select 'table', c.oid::bigint, 0::bigint, pg_stat_get_xact_numscans(c.oid),
    (select coalesce(sum(pg_stat_get_xact_numscans(indexrelid)), 0)::bigint from pg_index where indrelid = c.oid),
    c.relfilenode::bigint, (c.reltuples < 0 and c.relkind = 'r')::int,
    (select nspname::text from pg_namespace n where n.oid = c.relnamespace), c.relname::text, ''
  from pg_class c
  where c.oid >= 16384 and c.relkind in ('r', 'p', 'm', 'f')
    and (age(c.xmin) <= youngest or c.oid = any (counted))
    and c.relpersistence <> 't' and c.relnamespace <> 'sluice_rehearsal'::regnamespace;
  -- 18 reports a dropped NOT NULL as a dropped constraint, whose kind only its name gives away then
  if version >= 180000 then
    return query
    select 'misnamed', oid::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0, '', '', ''
    from pg_constraint
    where conrelid >= 16384 and age(xmin) <= youngest and (contype = 'n') <> (conname like '%\_not\_null%');
  end if;
end $$;

-- the first statement is about to be sent: nothing, if the transaction is still the one given
create function sluice_rehearsal.outside(transaction text) returns setof sluice_rehearsal.fact
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
begin
  if sluice_rehearsal.transaction() <> transaction then
    perform set_config('sluice_rehearsal.outside', 'on', false);
    -- says so where there is no table
    return query select 'state', 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0, '', '', '';
    return query select * from sluice_rehearsal.tables();
  end if;
end $$;

-- a statement has ended: locks and counters of the tables that are locked, and what has happened since
create function sluice_rehearsal.after(since bigint, below bigint, everything boolean) returns setof sluice_rehearsal.fact
language plpgsql security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
begin
  return query
  select 'state', 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0,
    sluice_rehearsal.transaction(), sluice_rehearsal.blindness(), ''
  union all
  select 'held', l.relation::bigint, l.strength::bigint,
    pg_stat_get_xact_numscans(l.relation),
    coalesce((select sum(pg_stat_get_xact_numscans(indexrelid)) from pg_index where indrelid = l.relation), 0)::bigint,
    coalesce(c.relfilenode, 0)::bigint, coalesce((c.reltuples < 0 and c.relkind = 'r')::int, 0), '', '', ''
  from (
    select relation, max(sluice_rehearsal.strength(mode)) as strength
    from pg_lock_status()
    where pid = pg_backend_pid() and granted
      and locktype = 'relation' and relation >= 16384 and relation::bigint < below
    group by relation) l
  left join pg_class c on c.oid = l.relation
  where c.relkind is null or c.relkind in ('r', 'p', 'm', 'f')
  union all
  (select kind, id::bigint, n, 0::bigint, 0::bigint, 0::bigint, flags, name, detail, extra
  from sluice_rehearsal.event where n > since order by n);
  if everything then
    if current_setting('server_version_num')::int >= 150000 then
      -- what nothing holds is still counted when the next changeset begins, and would be its own
      perform pg_stat_force_next_flush();
    end if;
    return query select * from sluice_rehearsal.tables();
  end if;
end $$;

-- one scan, as it is counted
create function sluice_rehearsal.self_test() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  before bigint := pg_stat_get_xact_numscans('sluice_rehearsal.known'::regclass);
begin
  perform count(*) from sluice_rehearsal.known;
  return pg_stat_get_xact_numscans('sluice_rehearsal.known'::regclass) - before;
end $$;

revoke execute on all functions in schema sluice_rehearsal from public;
grant execute on function
  sluice_rehearsal.begins(text), sluice_rehearsal.outside(text), sluice_rehearsal.after(bigint, bigint, boolean), sluice_rehearsal.self_test()
to public;

create event trigger sluice_rehearsal_commands on ddl_command_end execute function sluice_rehearsal.note_commands();
create event trigger sluice_rehearsal_drops on sql_drop execute function sluice_rehearsal.note_drops();
create event trigger sluice_rehearsal_rewrites on table_rewrite execute function sluice_rehearsal.note_rewrites();
alter event trigger sluice_rehearsal_commands enable always;
alter event trigger sluice_rehearsal_drops enable always;
alter event trigger sluice_rehearsal_rewrites enable always;
