package dev.sluice.migrations.credentials;

/**
 * A database in one URL that a person typed; {@code password} is for one that hasn't got it, as it
 * shouldn't where others see the command line.
 */
public record GivenUrl(String url, String password) implements CredentialSource {
  @Override
  public Reading read() {
    return DatabaseUrl.read(url, password);
  }

  @Override
  public String toString() {
    return "a URL";
  }
}
