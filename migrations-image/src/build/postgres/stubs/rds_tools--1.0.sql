create schema rds_tools;
create function rds_tools.role_password_encryption_type(out rolname text, out encryption_type text)
  returns setof record language plpgsql
  as $$ begin raise 'roles of RDS aren''t looked at in a rehearsal' using errcode = 'SLR01'; end $$;
grant usage on schema rds_tools to public;
