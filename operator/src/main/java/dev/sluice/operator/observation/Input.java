package dev.sluice.operator.observation;

import dev.sluice.api.Changelog;
import dev.sluice.api.Database;
import dev.sluice.api.DatabaseMigrationSpec;
import dev.sluice.api.RevisionName;
import dev.sluice.api.Verify;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether to run: the revision that is asked for, where it goes to, the parameters of
 * the changelog, and all of it with what brings it, image and ConfigMap.
 *
 * @param parameters their hash; null: there are none. They are no part of the target: a pod that
 *     requires a revision doesn't ask with which parameters it was applied
 */
public record Input(String revision, String target, String key, @Nullable String parameters) {
  private static final Pattern IMAGE =
      Pattern.compile("(?:.*/)?[^/:@]+(?::(?<tag>[^/@]+))?(?:@sha256:(?<digest>[a-f0-9]{64}))?");

  /** Liquibase tells a format by the file's ending. */
  private static final Pattern CHANGELOG = Pattern.compile("(?i).*\\.(?:ya?ml|xml|json|sql)");

  private static final Pattern SPACES = Pattern.compile(" +");

  /** Empty: the revision isn't given and the image has neither a fitting tag nor a digest. */
  public static Optional<Input> of(DatabaseMigrationSpec spec) {
    return revision(spec)
        .map(revision -> {
          var target = target(spec);
          var parameters = Parameters.hash(spec.changelog());
          return new Input(revision, target, key(spec, target, revision, parameters), parameters);
        });
  }

  private static String key(
      DatabaseMigrationSpec spec, String target, String revision, @Nullable String parameters) {
    var folder = folder(spec);
    var files = Hash.of(16, target, spec.image(), configMap(spec), revision);
    var content = folder == null ? files : Hash.of(16, files, folder);
    return parameters == null ? content : Hash.of(16, content, parameters);
  }

  /** Its name is no part of the target: generated ones have another for each content. */
  private static @Nullable String configMap(DatabaseMigrationSpec spec) {
    var changelog = spec.changelog();
    var configMap = changelog == null ? null : changelog.configMap();
    return configMap == null ? null : configMap.name();
  }

  /** The revision that is asked for; empty: it isn't given and the image has none. */
  public static Optional<String> revision(DatabaseMigrationSpec spec) {
    if (spec.revision() != null) {
      return Optional.of(spec.revision());
    }
    return Optional.ofNullable(spec.image()).flatMap(Input::revisionOf);
  }

  private static Optional<String> revisionOf(String image) {
    var parts = IMAGE.matcher(image);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(parts.group("tag"))
        .filter(RevisionName::isValid)
        .or(() ->
            Optional.ofNullable(parts.group("digest")).map(digest -> digest.substring(0, 12)));
  }

  /** Where it goes to. */
  public static String target(DatabaseMigrationSpec spec) {
    var target =
        Hash.of(16, Stream.concat(where(spec.database()), what(spec)).toArray(String[]::new));
    var searchPath = spec.database().session().searchPath();
    return searchPath == null
        ? target
        : Hash.of(16, target, SPACES.matcher(searchPath).replaceAll(""));
  }

  private static Stream<@Nullable String> where(Database database) {
    var host = database.host();
    return Stream.of(
        host == null ? null : host.toLowerCase(Locale.ROOT),
        port(database),
        database.name(),
        secret(database));
  }

  public static String place(DatabaseMigrationSpec spec) {
    return Hash.of(16, where(spec.database()).toArray(String[]::new));
  }

  /** What is applied there, as far as it isn't in the image or the ConfigMap. */
  private static Stream<@Nullable String> what(DatabaseMigrationSpec spec) {
    var changelog = spec.changelog();
    if (spec.ofAnotherTool() || changelog == null) {
      return Stream.of(
              Stream.of("command"),
              spec.command().stream(),
              Stream.of("args"),
              spec.args().stream(),
              comparison(spec.verify()))
          .flatMap(words -> words);
    }
    return Stream.of(
        isFolder(changelog) ? null : changelog.path(),
        changelog.ledger().schema(),
        changelog.ledger().table(),
        spec.contexts(),
        spec.labels());
  }

  /**
   * Where a folder is doesn't say what it is: its files are known by what their tool calls them.
   */
  private static boolean isFolder(Changelog changelog) {
    return changelog.path() == null || !CHANGELOG.matcher(changelog.path()).matches();
  }

  private static @Nullable String folder(DatabaseMigrationSpec spec) {
    var changelog = spec.changelog();
    return changelog == null || !isFolder(changelog)
        ? null
        : String.join(",", changelog.locations());
  }

  private static Stream<@Nullable String> comparison(@Nullable Verify verify) {
    if (verify == null) {
      return Stream.empty();
    }
    var history = verify.history();
    return Stream.of(
        "verify",
        verify.changelog(),
        verify.changelogFile(),
        verify.contexts(),
        verify.labels(),
        history == null ? null : history.schema(),
        history == null ? null : history.table());
  }

  private static @Nullable String port(Database database) {
    if (database.port() != null) {
      return database.port().toString();
    }
    return database.carriedByCredentials() ? null : "5432";
  }

  /** Which secret says where the database is, as far as the spec doesn't. */
  private static @Nullable String secret(Database database) {
    if (database.host() != null && database.name() != null) {
      return null;
    }
    var aws = database.credentials().awsSecretsManager();
    var secret = database.credentials().secret();
    return aws != null
        ? aws.secretId()
        : secret == null ? null : "secret " + secret.name() + " " + secret.urlKey();
  }
}
