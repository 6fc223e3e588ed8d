package dev.sluice.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.credentials.CredentialSource.Reading;
import dev.sluice.migrations.credentials.Credentials;
import dev.sluice.migrations.database.Deadline;
import dev.sluice.migrations.database.Destination;
import dev.sluice.migrations.database.SessionSettings;
import dev.sluice.migrations.database.Stop;
import dev.sluice.migrations.database.TlsSettings;
import dev.sluice.migrations.engine.Changelog;
import dev.sluice.migrations.engine.ConnectionRequest;
import dev.sluice.migrations.engine.FolderPolicy;
import dev.sluice.migrations.engine.HistoryRequest;
import dev.sluice.migrations.engine.RehearsalRequest;
import dev.sluice.migrations.engine.Run;
import dev.sluice.migrations.engine.RunContext;
import dev.sluice.migrations.engine.RunRequest;
import dev.sluice.migrations.event.RunEvent;
import dev.sluice.migrations.plan.PlanApproval;
import dev.sluice.migrations.postgres.RevisionTable;
import dev.sluice.migrations.postgres.TableName;
import dev.sluice.migrations.report.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongPasswordIT {
  @TempDir Path folder;

  @Test
  void isGivenUpAfterAWhile() {
    var changelog = new TestChangelog(folder).with("root.sql", TestChangelog.TWO_TABLES);
    var server = TestServer.shared();
    var login = Credentials.login(TestServer.SCRAM_USER, "wrong-canary");
    var destination =
        new Destination(
            "localhost",
            server.port(),
            "postgres",
            TlsSettings.PREFER,
            "sluice",
            SessionSettings.DEFAULT);
    var request =
        new RunRequest(
            new ConnectionRequest(
                destination,
                () -> new Reading.Found(login),
                Duration.ofMillis(100),
                Duration.ofSeconds(3),
                Optional.empty()),
            new Changelog(changelog.root(), "root.sql", List.of(), "", "", Map.of()),
            TableName.DEFAULT,
            FolderPolicy.STRICT,
            HistoryRequest.USUAL,
            new PlanApproval(false, null),
            RehearsalRequest.NEVER,
            new RevisionTable.Entry(null, ""));
    var lines = new ArrayList<String>();
    var context =
        new RunContext(
            new Stop(Deadline.in(Duration.ofMinutes(1))),
            event -> {
              if (event instanceof RunEvent.Noted(var line)) {
                lines.add(line);
              }
            });
    var report =
        new Run(request, new LazyEngines(), new LazyRehearsals(Map.of()), context).report();
    assertThat(report.failure())
        .isNotNull()
        .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
    assertThat(report.exit().code()).isEqualTo(40);
    assertThat(lines).singleElement().asString().contains("password authentication failed");
    assertThat(lines + report.toString()).doesNotContain("wrong-canary");
  }
}
