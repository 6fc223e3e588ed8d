create schema aws_commons;
create type aws_commons._s3_uri_1 as (bucket text, file_path text, region text);
create type aws_commons._aws_credentials_1
  as (access_key text, secret_key text, session_token text);
create type aws_commons._lambda_function_arn_1 as (function_name text, region text);
create function aws_commons.create_s3_uri(s3_bucket text, file_path text, aws_region text)
  returns aws_commons._s3_uri_1 language sql immutable
  as $$ select ($1, $2, $3)::aws_commons._s3_uri_1 $$;
create function aws_commons.create_aws_credentials(
    access_key text, secret_key text, session_token text)
  returns aws_commons._aws_credentials_1 language sql immutable
  as $$ select ($1, $2, $3)::aws_commons._aws_credentials_1 $$;
create function aws_commons.create_lambda_function_arn(
    function_name text, region text default null)
  returns aws_commons._lambda_function_arn_1 language sql immutable
  as $$ select ($1, $2)::aws_commons._lambda_function_arn_1 $$;
grant usage on schema aws_commons to public;
