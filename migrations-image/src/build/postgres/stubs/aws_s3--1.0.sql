create schema aws_s3;
create function aws_s3.table_import_from_s3(
    table_name text, column_list text, options text, s3_info aws_commons._s3_uri_1,
    credentials aws_commons._aws_credentials_1 default null)
  returns text language plpgsql
  as $$ begin raise 'S3 isn''t read in a rehearsal' using errcode = 'SLR01'; end $$;
create function aws_s3.table_import_from_s3(
    table_name text, column_list text, options text, bucket text, file_path text, region text,
    access_key text default null, secret_key text default null, session_token text default null)
  returns text language plpgsql
  as $$ begin raise 'S3 isn''t read in a rehearsal' using errcode = 'SLR01'; end $$;
create function aws_s3.query_export_to_s3(
    query text, s3_info aws_commons._s3_uri_1, kms_key text default null,
    options text default null,
    out rows_uploaded bigint, out files_uploaded bigint, out bytes_uploaded bigint)
  language plpgsql
  as $$ begin raise 'S3 isn''t written in a rehearsal' using errcode = 'SLR01'; end $$;
create function aws_s3.query_export_to_s3(
    query text, bucket text, file_path text, region text, kms_key text default null,
    options text default null,
    out rows_uploaded bigint, out files_uploaded bigint, out bytes_uploaded bigint)
  language plpgsql
  as $$ begin raise 'S3 isn''t written in a rehearsal' using errcode = 'SLR01'; end $$;
grant usage on schema aws_s3 to public;
