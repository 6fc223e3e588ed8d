package dev.sluice.migrations.credentials;

import dev.sluice.migrations.credentials.CredentialSource.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code postgres://user:password@host:port/name?sslmode=verify-full}, read strictly and never
 * handed on as it is: what pgjdbc would make of its parameters is not ours to guess.
 */
final class DatabaseUrl {
  /** Everything is taken apart here but the host, which an address checks. */
  private static final Pattern PARTS =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?#\\[\\]]*)(?::(?<password>[^@/?#]*))?@)?"
              + "(?<host>\\[[^\\[\\]/?#@]*\\]|[^:/?#@\\[\\]]*)(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<name>[^/?#]*))?(?:\\?(?<query>[^#]*))?");

  /** Those of libpq, pgjdbc and other tools that a URL is likely to have. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "application_name",
          "channel_binding",
          "client_encoding",
          "connect_timeout",
          "connection_limit",
          "currentSchema",
          "gssencmode",
          "hostaddr",
          "options",
          "pgbouncer",
          "pool_timeout",
          "schema",
          "search_path",
          "socketFactory",
          "socketTimeout",
          "sslcert",
          "sslfactory",
          "sslkey",
          "sslnegotiation",
          "sslrootcert",
          "statement_cache_size",
          "target_session_attrs");

  private static final String SSL_MODE = "sslmode";

  private DatabaseUrl() {}

  static Reading read(String text) {
    return read(text, null);
  }

  /** {@code password}: where the URL has none. */
  static Reading read(String text, @Nullable String password) {
    var parts = PARTS.matcher(text);
    if (!parts.matches()) {
      return new Reading.Invalid(unlike(text));
    }
    String sslMode = null;
    var query = parts.group("query");
    for (var pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      var name = pair.split("=", 2)[0];
      if (!name.equals(SSL_MODE) || sslMode != null) {
        return new Reading.Invalid(parameter(name));
      }
      sslMode = pair.substring(Math.min(pair.length(), name.length() + 1));
    }
    try {
      return found(
          decoded(parts.group("user")),
          parts.group("password") == null ? password : decoded(parts.group("password")),
          host(parts.group("host")),
          port(parts.group("port")),
          decoded(parts.group("name")),
          decoded(sslMode));
    } catch (CharacterCodingException | IllegalArgumentException _) {
      return new Reading.Invalid("the URL holds a % that isn't followed by the hex of UTF-8");
    }
  }

  private static Reading found(
      @Nullable String user,
      @Nullable String password,
      @Nullable String host,
      @Nullable Integer port,
      @Nullable String name,
      @Nullable String sslMode) {
    if (user == null) {
      return new Reading.Invalid("the URL lacks the user");
    }
    return password == null
        ? new Reading.Invalid("the URL lacks the password")
        : new Reading.Found(new Credentials(user, password, host, port, name, sslMode, null));
  }

  /** Says what is amiss without a word of what it holds. */
  private static String unlike(String text) {
    var right = "postgres://user:password@host:port/name";
    if (!text.startsWith("postgres://") && !text.startsWith("postgresql://")) {
      return "the URL doesn't begin with postgres:// or postgresql://";
    }
    return text.indexOf('@') != text.lastIndexOf('@') || text.contains("#")
        ? "the URL isn't like "
            + right
            + ": write @ : / ? # in user and password as %40 %3A %2F %3F %23"
        : "the URL isn't like " + right;
  }

  private static String parameter(String name) {
    if (name.equals(SSL_MODE)) {
      return "the URL has the parameter sslmode twice";
    }
    // any other name may be a part of a password that holds a question mark
    return PARAMETERS.contains(name)
        ? "the URL has the parameter " + name + "; of parameters only sslmode is allowed"
        : "the URL has a parameter that isn't sslmode, the only one that is allowed; write ? and &"
            + " in user and password as %3F %26";
  }

  private static @Nullable String host(String host) throws CharacterCodingException {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : decoded(host);
  }

  private static @Nullable Integer port(@Nullable String port) {
    return port == null ? null : Integer.valueOf(port);
  }

  /** Percent-decoding alone; a plus is a plus. Empty counts as absent. */
  private static @Nullable String decoded(@Nullable String part) throws CharacterCodingException {
    if (part == null || part.isEmpty()) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    var raw = part.getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        bytes.write(hex(raw, i + 1) << 4 | hex(raw, i + 2));
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  private static int hex(byte[] raw, int at) {
    var digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("no hex digit");
    }
    return digit;
  }
}
