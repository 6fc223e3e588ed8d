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
                + " server can, disable never. Default: verify-full.")
        Mode mode,
    @JsonPropertyDescription(
            "The certificate authorities to trust. Default: those of Amazon RDS and the public"
                + " ones, both in the runner image.")
        @Nullable Ca ca)
    implements Serializable {

  public static final Tls DEFAULT = new Tls(Mode.VERIFY_FULL, null);

  public Tls {
    mode = mode == null ? Mode.VERIFY_FULL : mode;
  }

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
}
