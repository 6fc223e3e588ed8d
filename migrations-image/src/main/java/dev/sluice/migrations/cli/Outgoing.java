package dev.sluice.migrations.cli;

import dev.sluice.migrations.credentials.CredentialSource;
import dev.sluice.migrations.credentials.KnownSecrets;
import dev.sluice.migrations.event.OutgoingEvents;
import dev.sluice.migrations.event.RunEventSink;
import dev.sluice.migrations.report.OutgoingText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands between the program and whoever reads what it says; each command has one. */
record Outgoing(KnownSecrets secrets, OutgoingText text, Optional<Path> mounted) {
  static Outgoing of(Map<String, String> environment) {
    var secrets = KnownSecrets.of(environment, () -> ParameterSettings.secrets(environment));
    return new Outgoing(
        secrets,
        new OutgoingText(secrets::values),
        Optional.ofNullable(environment.get(CredentialSettings.FOLDER))
            .filter(folder -> !folder.isEmpty() && folder.indexOf('\0') < 0)
            .map(Path::of));
  }

  /** All of these listeners, in this order. */
  RunEventSink events(List<RunEventSink> listeners) {
    return new OutgoingEvents(text, RunEventSink.of(listeners));
  }

  /** The same source; no text that leaves has what it read. */
  CredentialSource watched(CredentialSource source) {
    return secrets.of(source, mounted);
  }
}
