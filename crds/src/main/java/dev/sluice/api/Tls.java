package dev.sluice.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** TLS to the database, in libpq's terms. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tls(
    @JsonPropertyDescription(
            "libpq's sslmode. verify-full checks the certificate and the host name, verify-ca the"
                + " certificate only, require encrypts without a check, prefer encrypts when the"
                + " server can, disable never. Default: verify-full, or"
                + " what the URL of credentials.secret.urlKey says.")
        @Nullable Mode mode,
    @JsonPropertyDescription(
            "The certificate authorities to trust. Default: those of Amazon RDS and the public"
                + " ones, both in the runner image.")
        @Nullable Ca ca,
    @JsonPropertyDescription(
            "A Secret with a client certificate and its key, such as cert-manager makes, for"
                + " servers that demand one.")
        @Nullable ClientSecret clientSecret)
    implements Serializable {

  public static final Tls DEFAULT = new Tls(null, null, null);

  /** libpq's sslmode. */
  public enum Mode {
    @JsonProperty("disable")
    DISABLE("disable"),
    @JsonProperty("prefer")
    PREFER("prefer"),
    @JsonProperty("require")
    REQUIRE("require"),
    @JsonProperty("verify-ca")
    VERIFY_CA("verify-ca"),
    @JsonProperty("verify-full")
    VERIFY_FULL("verify-full");

    private final String libpq;

    Mode(String libpq) {
      this.libpq = libpq;
    }

    /** The value of PGSSLMODE. */
    public String libpq() {
      return libpq;
    }
  }

  /** Where the certificates are. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Ca(
      @JsonPropertyDescription(
              "A key of a ConfigMap in the same namespace, holding PEM certificates.")
          @Required
          ConfigMapKey configMap)
      implements Serializable {}

  /** One key of a ConfigMap. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ConfigMapKey(
      @JsonPropertyDescription("Name of the ConfigMap.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("The key that holds the PEM certificates. Default: ca.pem.")
          @Size(min = 1, max = 253)
          String key)
      implements Serializable {
    public ConfigMapKey {
      key = key == null ? "ca.pem" : key;
    }
  }

  /** A client certificate and its key. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ClientSecret(
      @JsonPropertyDescription("Name of the Secret, in the namespace of the DatabaseMigration.")
          @Required
          @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription(
              "Its key that holds the PEM certificate, and those between it and the authority."
                  + " Default: tls.crt.")
          @Size(min = 1, max = 253)
          String certKey,
      @JsonPropertyDescription(
              "Its key that holds the PEM private key, not encrypted. Default: tls.key.")
          @Size(min = 1, max = 253)
          String keyKey)
      implements Serializable {
    public ClientSecret {
      certKey = certKey == null ? "tls.crt" : certKey;
      keyKey = keyKey == null ? "tls.key" : keyKey;
    }
  }
}
