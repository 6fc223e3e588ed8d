package dev.sluice.migrations.wait;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a revision isn't there, and what to do. */
final class WaitMessages {
  private static final Pattern ACCOUNT =
      Pattern.compile("system:serviceaccount:[^:\"]+:(?<name>[^:\"]+)");

  private WaitMessages() {}

  /**
   * Empty: it is there.
   *
   * @param answer null: it wasn't asked for, since another question had no answer
   */
  static Optional<String> lacks(
      RequiredRevision requirement, @Nullable ApiAnswer answer, String namespace) {
    var name = requirement.migration();
    return switch (answer) {
      case ApiAnswer.Found(var object) -> MigrationState.of(object).lacks(requirement.revision());
      case ApiAnswer.Missing() ->
          Optional.of(
              "there is no DatabaseMigration %s in namespace %s: create it, or correct the name"
                  .formatted(name, namespace));
      case ApiAnswer.NoSuchKind() ->
          Optional.of(
              "this cluster knows no DatabaseMigration of sluice.dev/v1alpha1: install"
                  + " Sluice");
      case ApiAnswer.Forbidden(var message) -> Optional.of(forbidden(name, namespace, message));
      case ApiAnswer.Failed _ -> Optional.of("no answer");
      case null -> Optional.of("not asked for yet");
    };
  }

  private static String forbidden(String migration, String namespace, String message) {
    var found = ACCOUNT.matcher(message);
    var account = found.find() ? found.group("name") : "default";
    var role = account + "-waits-for-" + migration;
    return "the pod's service account may not read it (%s); allow that: ".formatted(message)
        + "kubectl -n %s create role %s --verb=get,watch".formatted(namespace, role)
        + " --resource=databasemigrations.sluice.dev --resource-name=%s && ".formatted(migration)
        + "kubectl -n %1$s create rolebinding %2$s --role=%2$s --serviceaccount=%1$s:%3$s"
            .formatted(namespace, role, account);
  }
}
