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
        @Nullable AwsSecretsManager awsSecretsManager)
    implements Serializable {

  /** A Kubernetes Secret and its keys. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record SecretReference(
      @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("Its key that holds the user name. Default: username.")
          @Size(min = 1, max = 253)
          String usernameKey,
      @JsonPropertyDescription("Its key that holds the password. Default: password.")
          @Size(min = 1, max = 253)
          String passwordKey)
      implements Serializable {
    public SecretReference {
      usernameKey = usernameKey == null ? "username" : usernameKey;
      passwordKey = passwordKey == null ? "password" : passwordKey;
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
}
