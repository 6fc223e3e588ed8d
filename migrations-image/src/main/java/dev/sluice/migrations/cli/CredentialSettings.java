package dev.sluice.migrations.cli;

import dev.sluice.migrations.credentials.AwsSecret;
import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.credentials.MountedSecret;
import dev.sluice.migrations.credentials.MountedUrl;
import dev.sluice.migrations.credentials.RdsIam;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where user and password come from: at most one of these variables says it. */
record CredentialSettings(Variables variables) {
  static final String FOLDER = "SLUICE_CREDENTIALS";
  static final String URL_KEY = "SLUICE_URL_KEY";
  static final String AWS_SECRET = "SLUICE_AWS_SECRET_ID";
  static final String IAM_USER = "SLUICE_RDS_IAM_USER";

  /** Whether host and database may come from there as well. */
  boolean sayWhere() {
    return variables.has(AWS_SECRET) || variables.has(URL_KEY);
  }

  CredentialSource source() {
    var given = Stream.of(FOLDER, AWS_SECRET, IAM_USER).filter(variables::has).toList();
    if (given.size() > 1) {
      variables.problem(
          given.stream().collect(Collectors.joining(" and ")) + " exclude each other");
    }
    var secret = variables.get(AWS_SECRET);
    var user = variables.get(IAM_USER);
    var folder = variables.get(FOLDER);
    if (secret != null) {
      return awsSecret(secret);
    }
    if (user != null) {
      return rdsIam(user);
    }
    return folder == null ? given() : mounted(Path.of(folder));
  }

  private CredentialSource mounted(Path folder) {
    var needed = "a key of a Secret";
    var url = variables.matching(URL_KEY, MountedSecret::isKey, needed);
    var username = variables.matching("SLUICE_USERNAME_KEY", MountedSecret::isKey, needed);
    var password = variables.matching("SLUICE_PASSWORD_KEY", MountedSecret::isKey, needed);
    if (url != null && (username != null || password != null)) {
      variables.problem("SLUICE_URL_KEY excludes SLUICE_USERNAME_KEY and SLUICE_PASSWORD_KEY");
    }
    return url != null
        ? new MountedUrl(folder, url)
        : new MountedSecret(
            folder,
            username == null ? "username" : username,
            password == null ? "password" : password);
  }

  private CredentialSource awsSecret(String secret) {
    var region = variables.optional("AWS_REGION").or(() -> AwsSecret.regionOf(secret));
    if (region.isEmpty() && !variables.has("AWS_DEFAULT_REGION")) {
      variables.problem("AWS_REGION is not set, and SLUICE_AWS_SECRET_ID is no ARN that names it");
    }
    return new AwsSecret(secret, region.orElse(null), endpoint());
  }

  private Optional<URI> endpoint() {
    var name =
        variables.has("AWS_ENDPOINT_URL_SECRETS_MANAGER")
            ? "AWS_ENDPOINT_URL_SECRETS_MANAGER"
            : "AWS_ENDPOINT_URL";
    var needed = "an http or https URL";
    var value = variables.matching(name, v -> v.matches("https?://[^\\s/]+\\S*"), needed);
    return Optional.ofNullable(value).map(URI::create);
  }

  private CredentialSource rdsIam(String user) {
    var region =
        variables
            .optional("AWS_REGION")
            .or(() -> variables.optional("AWS_DEFAULT_REGION"))
            .orElse("");
    if (region.isEmpty()) {
      variables.problem(
          "AWS_REGION is not set; with SLUICE_RDS_IAM_USER it must be the database's");
    }
    if (!"verify-full".equals(variables.or("PGSSLMODE", "verify-full"))) {
      variables.problem(
          "PGSSLMODE must be verify-full with SLUICE_RDS_IAM_USER: a token is as good as a"
              + " password");
    }
    var port = variables.get("PGPORT");
    return new RdsIam(
        variables.or("PGHOST", ""),
        port != null && port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 5432,
        user,
        region,
        InstantSource.system());
  }

  private CredentialSource given() {
    var needed = "a user, where no other variable says whence credentials come";
    var user = variables.required("PGUSER", _ -> true, needed);
    var login = Credentials.login(user, variables.or("PGPASSWORD", ""));
    return () -> new Reading.Found(login);
  }
}
