create schema aws_lambda;
create function aws_lambda.invoke(
    function_name aws_commons._lambda_function_arn_1, req_payload json,
    invocation_type text default 'RequestResponse', log_type text default 'None',
    context json default null, qualifier text default null)
  returns table (status_code int, payload json, executed_version text, log_result text)
  language plpgsql
  as $$ begin raise 'no function of Lambda is called in a rehearsal' using errcode = 'SLR01'; end $$;
create function aws_lambda.invoke(
    function_name text, req_payload json, region text default null,
    invocation_type text default 'RequestResponse', log_type text default 'None',
    context json default null, qualifier text default null)
  returns table (status_code int, payload json, executed_version text, log_result text)
  language plpgsql
  as $$ begin raise 'no function of Lambda is called in a rehearsal' using errcode = 'SLR01'; end $$;
grant usage on schema aws_lambda to public;
