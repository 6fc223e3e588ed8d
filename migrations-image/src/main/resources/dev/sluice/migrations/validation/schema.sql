-- Everything of a schema that makes a difference, a row for each object: its name and its definition.
-- For an empty search_path, so that every name comes with its schema. The order of columns, owners and
-- what belongs to extensions don't count.
with own as materialized (
  select n.oid, quote_ident(n.nspname) as name
    from pg_namespace n
   where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'sluice', 'sluice_rehearsal')
     and not exists (select from pg_depend d
                      where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
), member as materialized (
  select classid, objid from pg_depend where deptype = 'e'
), relation as materialized (
  select c.*, n.name || '.' || quote_ident(c.relname) as name
    from pg_class c join own n on n.oid = c.relnamespace
   where (c.relname, c.relkind) not in (('__drizzle_migrations', 'r'), ('flyway_schema_history', 'r'))
     and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
), routine as materialized (
  select p.*, n.name || '.' || quote_ident(p.proname) || '('
              || pg_get_function_identity_arguments(p.oid) || ')' as name
    from pg_proc p join own n on n.oid = p.pronamespace
   where not exists (select from member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
), type as materialized (
  select t.*, n.name || '.' || quote_ident(t.typname) as name
    from pg_type t join own n on n.oid = t.typnamespace
   where not exists (select from member m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
)
-- what initdb says of public is no business of anybody
select 'schema ' || name, case name when 'public' then '' else coalesce(obj_description(oid, 'pg_namespace'), '') end
  from own
union all
select 'extension ' || quote_ident(e.extname), n.nspname
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
 where e.extname <> 'plpgsql'
union all
select case r.relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'f' then 'foreign table '
                      else 'table ' end || r.name,
       concat_ws(' ',
         case r.relpersistence when 'u' then 'unlogged' end,
         case when r.relkind = 'p' then 'partition by ' || pg_get_partkeydef(r.oid) end,
         case when r.relispartition then 'partition ' || pg_get_expr(r.relpartbound, r.oid) end,
         (select 'inherits ' || string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
            from pg_inherits i where i.inhrelid = r.oid),
         case when r.relrowsecurity then 'row security' end,
         case when r.relforcerowsecurity then 'forced' end,
         case when r.relreplident <> 'd' then 'replica identity ' || r.relreplident::text end,
         case when r.reloptions is not null then 'with ' || r.reloptions::text end,
         case when r.reloftype <> 0 then 'of ' || r.reloftype::regtype::text end,
         case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
         (select s.srvname || ' ' || coalesce(f.ftoptions::text, '')
            from pg_foreign_table f join pg_foreign_server s on s.oid = f.ftserver
           where f.ftrelid = r.oid),
         r.relacl::text, obj_description(r.oid, 'pg_class'))
  from relation r where r.relkind in ('r', 'p', 'v', 'm', 'f')
union all
select 'column ' || r.name || '.' || quote_ident(a.attname),
       concat_ws(' ', format_type(a.atttypid, a.atttypmod),
         case when a.attcollation not in (0, t.typcollation) then 'collate ' || a.attcollation::regcollation::text end,
         case when a.attnotnull then 'not null' end,
         case when a.attidentity <> '' then 'identity ' || a.attidentity::text end,
         case a.attgenerated when '' then 'default' when 's' then 'stored' else 'virtual' end
           || ' ' || pg_get_expr(d.adbin, d.adrelid),
         case when a.attstorage <> t.typstorage then 'storage ' || a.attstorage::text end,
         case when a.attcompression <> '' then 'compression ' || a.attcompression::text end,
         case when coalesce(a.attstattarget, -1) <> -1 then 'statistics ' || a.attstattarget end,
         a.attoptions::text, a.attfdwoptions::text, a.attacl::text, col_description(r.oid, a.attnum))
  from pg_attribute a
  join relation r on r.oid = a.attrelid and r.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where a.attnum > 0 and not a.attisdropped
union all
select 'constraint ' || quote_ident(c.conname) || ' of ' || coalesce(r.name, t.name),
       concat_ws(' ', pg_get_constraintdef(c.oid), case when not c.conislocal then 'inherited' end,
         obj_description(c.oid, 'pg_constraint'))
  from pg_constraint c
  left join relation r on r.oid = c.conrelid
  left join type t on t.oid = c.contypid
 -- NOT NULL is said of the column
 where c.contype <> 'n' and coalesce(r.oid, t.oid) is not null
union all
select 'index ' || r.name,
       concat_ws(' ', pg_get_indexdef(r.oid), case when not i.indisvalid then 'invalid' end,
         case when i.indisclustered then 'clustered' end,
         case when i.indisreplident then 'replica identity' end,
         obj_description(r.oid, 'pg_class'))
  from relation r join pg_index i on i.indexrelid = r.oid
union all
select 'sequence ' || r.name,
       concat_ws(' ', s.seqtypid::regtype::text, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
         case when s.seqcycle then 'cycle' end,
         (select 'owned by ' || d.refobjid::regclass::text || '.' || a.attname
            from pg_depend d
            join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
           where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype in ('a', 'i')
             and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0),
         r.relacl::text, obj_description(r.oid, 'pg_class'))
  from relation r join pg_sequence s on s.seqrelid = r.oid
union all
select 'trigger ' || quote_ident(t.tgname) || ' on ' || r.name,
       concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled::text, obj_description(t.oid, 'pg_trigger'))
  from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal
union all
select 'rule ' || quote_ident(w.rulename) || ' on ' || r.name, pg_get_ruledef(w.oid) || w.ev_enabled::text
  from pg_rewrite w join relation r on r.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select 'policy ' || quote_ident(p.polname) || ' on ' || r.name,
       concat_ws(' ', p.polcmd::text, p.polpermissive,
         (select string_agg(case o when 0 then 'public' else o::regrole::text end, ', ' order by o)
            from unnest(p.polroles) as o),
         pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  from pg_policy p join relation r on r.oid = p.polrelid
union all
select 'statistics ' || n.name || '.' || quote_ident(s.stxname),
       pg_get_statisticsobjdef(s.oid)
  from pg_statistic_ext s join own n on n.oid = s.stxnamespace
union all
select case p.prokind when 'p' then 'procedure ' when 'a' then 'aggregate ' else 'function ' end || p.name,
       concat_ws(' ',
         case when p.prokind = 'a'
              then (select concat_ws(' ', a.aggkind::text, a.aggtransfn, a.aggtranstype::regtype, a.aggfinalfn,
                                     a.agginitval, a.aggcombinefn, a.aggsortop)
                      from pg_aggregate a where a.aggfnoid = p.oid)
              else pg_get_functiondef(p.oid) end,
         p.proacl::text, obj_description(p.oid, 'pg_proc'))
  from routine p
union all
select 'type ' || t.name,
       concat_ws(' ', case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'r' then 'range'
                                     when 'c' then 'composite' else t.typtype::text end,
         (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
            from pg_enum e where e.enumtypid = t.oid),
         case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
         case when t.typtype = 'd' and t.typnotnull then 'not null' end,
         case when t.typtype = 'd' then t.typdefault end,
         (select concat_ws(' ', g.rngsubtype::regtype, g.rngsubdiff, g.rngcanonical)
            from pg_range g where g.rngtypid = t.oid),
         t.typacl::text, obj_description(t.oid, 'pg_type'))
  from type t
 where t.typtype in ('e', 'd', 'r')
    or t.typtype = 'c' and exists (select from relation r where r.oid = t.typrelid and r.relkind = 'c')
    or t.typtype = 'b' and t.typelem = 0
union all
select 'collation ' || n.name || '.' || quote_ident(c.collname),
       concat_ws(' ', c.collprovider::text, c.collisdeterministic, c.collcollate, c.collctype)
  from pg_collation c join own n on n.oid = c.collnamespace
 where not exists (select from member m where m.classid = 'pg_collation'::regclass and m.objid = c.oid)
union all
select 'operator ' || o.oid::regoperator, concat_ws(' ', o.oprcode, o.oprrest, o.oprjoin, o.oprcom, o.oprnegate)
  from pg_operator o join own n on n.oid = o.oprnamespace
 where not exists (select from member m where m.classid = 'pg_operator'::regclass and m.objid = o.oid)
union all
select 'operator class ' || n.name || '.' || quote_ident(c.opcname) || ' for ' || a.amname,
       concat_ws(' ', c.opcintype::regtype, c.opcdefault, nullif(c.opckeytype, 0)::regtype)
  from pg_opclass c join own n on n.oid = c.opcnamespace join pg_am a on a.oid = c.opcmethod
 where not exists (select from member m where m.classid = 'pg_opclass'::regclass and m.objid = c.oid)
union all
select 'cast ' || c.castsource::regtype || ' as ' || c.casttarget::regtype,
       concat_ws(' ', nullif(c.castfunc, 0)::regprocedure, c.castcontext::text, c.castmethod::text)
  from pg_cast c
 where c.oid >= 16384
   and not exists (select from member m where m.classid = 'pg_cast'::regclass and m.objid = c.oid)
union all
select 'text search configuration ' || c.oid::regconfig,
       (select string_agg(m.maptokentype || ' ' || m.mapdict::regdictionary::text, ', '
                          order by m.maptokentype, m.mapseqno)
          from pg_ts_config_map m where m.mapcfg = c.oid)
  from pg_ts_config c join own n on n.oid = c.cfgnamespace
 where not exists (select from member m where m.classid = 'pg_ts_config'::regclass and m.objid = c.oid)
union all
select 'text search dictionary ' || d.oid::regdictionary, coalesce(d.dictinitoption, '')
  from pg_ts_dict d join own n on n.oid = d.dictnamespace
 where not exists (select from member m where m.classid = 'pg_ts_dict'::regclass and m.objid = d.oid)
union all
select 'event trigger ' || quote_ident(e.evtname),
       concat_ws(' ', e.evtevent, e.evtfoid::regprocedure, e.evttags::text, e.evtenabled::text)
  from pg_event_trigger e where e.evtname not like 'sluice%'
union all
select 'publication ' || quote_ident(p.pubname),
       concat_ws(' ', p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
         (select string_agg(format('%I.%I', t.schemaname, t.tablename), ', ' order by 1)
            from pg_publication_tables t where t.pubname = p.pubname))
  from pg_publication p
union all
select 'default privileges of ' || d.defaclobjtype::text || coalesce(' in ' || n.nspname, ''), d.defaclacl::text
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
union all
select 'foreign server ' || quote_ident(s.srvname), concat_ws(' ', w.fdwname, s.srvoptions::text)
  from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
union all
select 'rights on schema ' || n.name, s.nspacl::text
  from own n join pg_namespace s on s.oid = n.oid
 where s.nspacl is not null and s.nspname <> 'public'
