package dev.sluice.api;

import static dev.sluice.api.SchemaRules.at;
import static dev.sluice.api.SchemaRules.duration;
import static dev.sluice.api.SchemaRules.rule;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/** The rules of {@code spec.database}. */
final class DatabaseRules {
  private static final String CARRIED =
      "has(self.credentials.awsSecretsManager) || (has(self.credentials.secret) &&"
          + " has(self.credentials.secret.urlKey))";
  private static final String REGION = "self.matches('^[a-z]{2}(-[a-z0-9]+){2,3}$')";

  private DatabaseRules() {}

  static void add(JSONSchemaProps database) {
    rule(
        database,
        "has(self.host) || " + CARRIED,
        "spec.database.host is missing: set it (only an AWS secret, or a URL in"
            + " credentials.secret.urlKey, may carry it instead)");
    rule(
        database,
        "has(self.name) || " + CARRIED,
        "spec.database.name is missing: set it (only an AWS secret, as dbname, or a URL in"
            + " credentials.secret.urlKey may carry it instead)");
    rule(
        at(database, "host"),
        "self.matches('^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$')",
        "spec.database.host must be one host name or IP address, without scheme, port, user or"
            + " parameters");
    rule(
        at(database, "name"),
        "self.matches('^[^\\\\x00-\\\\x1f\\\\x7f/?#&%]+$')",
        "spec.database.name must not hold control characters or any of / ? # & %");
    rule(
        database,
        "!has(self.credentials.rdsIam) || !has(self.tls) || !has(self.tls.mode) || self.tls.mode =="
            + " 'verify-full'",
        "spec.database.tls.mode must be verify-full with credentials.rdsIam, whose token is as good"
            + " as a password: leave it out");
    credentials(at(database, "credentials"));
    tls(at(database, "tls"));
    session(at(database, "session"));
  }

  private static void credentials(JSONSchemaProps credentials) {
    rule(
        credentials,
        "[has(self.secret), has(self.awsSecretsManager), has(self.rdsIam)].filter(x, x).size() =="
            + " 1",
        "spec.database.credentials needs exactly one source: secret, awsSecretsManager or rdsIam");
    rule(
        at(credentials, "secret.name"),
        SpecRules.NAME,
        "spec.database.credentials.secret.name is not the name of a Secret: lower-case letters,"
            + " digits, '-' and '.'");
    for (var key : List.of("usernameKey", "passwordKey", "urlKey")) {
      rule(
          at(credentials, "secret." + key),
          SpecRules.KEY,
          "spec.database.credentials.secret."
              + key
              + " must be a key of a Secret: letters, digits, '-', '_' and '.'");
    }
    rule(
        at(credentials, "secret"),
        "!has(self.urlKey) || !(has(self.usernameKey) || has(self.passwordKey))",
        "spec.database.credentials.secret has urlKey beside usernameKey or passwordKey: the URL"
            + " holds user and password, so keep one of the two");
    rule(
        at(credentials, "secret"),
        "has(self.urlKey) || (has(self.usernameKey) ? self.usernameKey : 'username') !="
            + " (has(self.passwordKey) ? self.passwordKey : 'password')",
        "spec.database.credentials.secret.usernameKey is the key of the password: name the key that"
            + " holds the user name");
    var aws = at(credentials, "awsSecretsManager");
    rule(
        aws,
        "has(self.region) || self.secretId.startsWith('arn:')",
        "spec.database.credentials.awsSecretsManager.region is missing: set it, or give secretId as"
            + " an ARN");
    rule(
        at(aws, "secretId"),
        "self.matches('^[A-Za-z0-9/_+=.@:!-]+$')",
        "spec.database.credentials.awsSecretsManager.secretId must be the ARN or the name of a"
            + " secret");
    rule(
        at(aws, "region"),
        REGION,
        "spec.database.credentials.awsSecretsManager.region must be an AWS region such as"
            + " eu-west-1");
    rule(
        at(credentials, "rdsIam.username"),
        "self.matches('^[^\\\\x00-\\\\x1f\\\\x7f]+$')",
        "spec.database.credentials.rdsIam.username must not hold control characters");
    rule(
        at(credentials, "rdsIam.region"),
        REGION,
        "spec.database.credentials.rdsIam.region must be an AWS region such as eu-west-1");
  }

  private static void tls(JSONSchemaProps tls) {
    rule(
        at(tls, "ca.configMap.name"),
        SpecRules.NAME,
        "spec.database.tls.ca.configMap.name is not the name of a ConfigMap: lower-case letters,"
            + " digits, '-' and '.'");
    rule(
        at(tls, "ca.configMap.key"),
        SpecRules.KEY,
        "spec.database.tls.ca.configMap.key must be a key of a ConfigMap: letters, digits, '-', '_'"
            + " and '.'");
    rule(
        at(tls, "clientSecret.name"),
        SpecRules.NAME,
        "spec.database.tls.clientSecret.name is not the name of a Secret: lower-case letters,"
            + " digits, '-' and '.'");
    for (var key : List.of("certKey", "keyKey")) {
      rule(
          at(tls, "clientSecret." + key),
          SpecRules.KEY,
          "spec.database.tls.clientSecret."
              + key
              + " must be a key of a Secret: letters, digits, '-', '_' and '.'");
    }
    rule(
        tls,
        "!has(self.clientSecret) || !has(self.mode) || self.mode != 'disable'",
        "spec.database.tls.clientSecret is of no use with mode disable: choose another mode, or"
            + " leave clientSecret out");
  }

  private static void session(JSONSchemaProps session) {
    rule(
        at(session, "role"),
        "self.matches('^[^\\\\x00-\\\\x1f\\\\x7f]+$')",
        "spec.database.session.role must not hold control characters");
    duration(at(session, "lockTimeout"), "spec.database.session.lockTimeout", "0s", "24h");
    duration(
        at(session, "statementTimeout"), "spec.database.session.statementTimeout", "0s", "24h");
    rule(
        at(session, "searchPath"),
        "self.matches('^[A-Za-z_][A-Za-z0-9_$]{0,62}( *, *[A-Za-z_][A-Za-z0-9_$]{0,62})*$')",
        "spec.database.session.searchPath must be plain SQL identifiers, separated by commas:"
            + " letters, digits, '_' and '$'");
  }
}
