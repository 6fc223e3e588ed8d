package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database and the way in. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Database(
    @JsonPropertyDescription(
            "Host name or IP address of the writer. May be left out only when the AWS secret or the"
                + " URL of a Secret has it.")
        @Size(min = 1, max = 253)
        @Nullable String host,
    @JsonPropertyDescription(
            "TCP port, 1 to 65535. Default: the AWS secret's or the URL's, else 5432.")
        @Min(1)
        @Max(65535)
        @Nullable Integer port,
    @JsonPropertyDescription(
            "Name of the database. May be left out only when the AWS secret (dbname) or the URL of"
                + " a Secret has it.")
        @Size(min = 1, max = 63)
        @Nullable String name,
    @JsonPropertyDescription("How the connection is secured.") Tls tls,
    @JsonPropertyDescription("User and password: exactly one source.") @Required
        Credentials credentials,
    @JsonPropertyDescription("Settings of the database session.") SessionSettings session)
    implements Serializable {

  public Database {
    tls = tls == null ? Tls.DEFAULT : tls;
    session = session == null ? SessionSettings.DEFAULT : session;
  }

  /** Whether the credentials may also say host, port and name. */
  public boolean carriedByCredentials() {
    var secret = credentials.secret();
    return credentials.awsSecretsManager() != null || (secret != null && secret.urlKey() != null);
  }
}
