package dev.sluice.migrations.database;

import java.net.Inet6Address;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One server and one database; checked, since it becomes part of a JDBC URL. */
public record Address(String host, int port, String database) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-_A-Za-z0-9]{0,61}[A-Za-z0-9])?(\\.[-_A-Za-z0-9]{1,63})*\\.?");
  private static final Pattern IPV6 =
      Pattern.compile("(?<address>[0-9A-Fa-f:.]{2,45})(%[A-Za-z0-9]{1,15})?");

  public static boolean isHost(String host) {
    return host.length() <= 253 && (NAME.matcher(host).matches() || isIpv6(host));
  }

  public static boolean isDatabase(String name) {
    return !name.isEmpty()
        && name.getBytes(StandardCharsets.UTF_8).length <= 63
        && name.chars().noneMatch(Character::isISOControl);
  }

  public static boolean isPort(int port) {
    return port >= 1 && port <= 65535;
  }

  public Address {
    if (!isHost(host) || !isPort(port) || !isDatabase(database)) {
      throw new IllegalArgumentException("not an address of a database");
    }
  }

  /** Never a parameter: in a URL they would beat the properties. */
  public String url() {
    var name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return "jdbc:postgresql://"
        + (isIpv6(host) ? "[" + host + "]" : host)
        + ":"
        + port
        + "/"
        + name;
  }

  private static boolean isIpv6(String host) {
    var matcher = IPV6.matcher(host);
    return host.contains(":") && matcher.matches() && isLiteral(matcher.group("address"));
  }

  /** {@code db:5432} is made of the same characters. */
  private static boolean isLiteral(String address) {
    try {
      Inet6Address.ofLiteral(address);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return database + " at " + host + ":" + port;
  }
}
