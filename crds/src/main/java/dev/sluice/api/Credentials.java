package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where user and password come from; the operator never reads them. Exactly one is set. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Credentials(
    @JsonPropertyDescription("A Secret of the same namespace, mounted into the migrations pod.")
        @Nullable SecretReference secret,
    @JsonPropertyDescription(
            "A secret of AWS Secrets Manager, read by the migrations pod with its own identity (Pod"
                + " Identity or IRSA).")
        @Nullable AwsSecretsManager awsSecretsManager,
    @JsonPropertyDescription(
            "IAM authentication of Amazon RDS: no password at all, the migrations pod signs a token"
                + " with its own identity (Pod Identity or IRSA) for each connection.")
        @Nullable RdsIam rdsIam)
    implements Serializable {

  /** A Kubernetes Secret and its keys. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SecretReference(
      @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("Its key that holds the user name. Default: username.")
          @Size(min = 1, max = 253)
          @Nullable String usernameKey,
      @JsonPropertyDescription("Its key that holds the password. Default: password.")
          @Size(min = 1, max = 253)
          @Nullable String passwordKey,
      @JsonPropertyDescription(
              "Its key that holds all in one URL, postgres://user:password@host:port/name, instead"
                  + " of usernameKey and passwordKey. spec.database's host, port, name and tls.mode"
                  + " win over what the URL says; of parameters it may have sslmode only.")
          @Size(min = 1, max = 253)
          @Nullable String urlKey)
      implements Serializable {
    /** Beside a URL there are no other keys. */
    public SecretReference {
      if (urlKey == null) {
        usernameKey = usernameKey == null ? "username" : usernameKey;
        passwordKey = passwordKey == null ? "password" : passwordKey;
      }
    }
  }

  /**
   * A secret of AWS Secrets Manager: JSON with username and password, and optionally host, port and
   * dbname.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record AwsSecretsManager(
      @JsonPropertyDescription(
              "ARN or name of the secret. Its JSON holds username and password, and host, port and"
                  + " dbname unless spec.database gives them.")
          @Required
          @Size(min = 1, max = 512)
          String secretId,
      @JsonPropertyDescription(
              "AWS region, such as eu-west-1. Default: the ARN's; required when secretId is a"
                  + " name.")
          @Size(min = 1, max = 32)
          @Nullable String region)
      implements Serializable {}

  /** A user of the database that may log in with a token. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record RdsIam(
      @JsonPropertyDescription("The database user; it needs the role rds_iam.")
          @Required
          @Size(min = 1, max = 63)
          String username,
      @JsonPropertyDescription("AWS region of the database, such as eu-west-1.")
          @Required
          @Size(min = 1, max = 32)
          String region)
      implements Serializable {}
}
