package dev.sluice.migrations.engine;

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
import dev.sluice.migrations.plan.Approval;
import dev.sluice.migrations.report.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongPasswordIT {
  @TempDir Path folder;

  @Test
  void isGivenUpAfterAWhile() {
    var changelog = new TestChangelog(folder).with("root.sql", TestChangelog.TWO_TABLES);
    var server = TestServer.shared();
    var login = Credentials.login(TestServer.SCRAM_USER, "wrong-canary");
    var order =
        new Order(
            new Destination(
                "localhost",
                server.port(),
                "postgres",
                TlsSettings.PREFER,
                "sluice",
                SessionSettings.DEFAULT),
            () -> new Reading.Found(login),
            new Changelog(changelog.root(), "root.sql", "", ""),
            false,
            new Approval(false, null),
            null,
            "databasechangelog",
            null,
            "",
            Duration.ofMillis(100),
            Duration.ofMillis(600));
    var told = new Told(new ArrayList<>());
    var report = new Run(order, new Stop(Deadline.in(Duration.ofMinutes(1))), told).report();
    assertThat(report.failure())
        .isNotNull()
        .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
    assertThat(report.exit().code()).isEqualTo(40);
    assertThat(told.lines()).singleElement().asString().contains("password authentication failed");
    assertThat(told.lines() + report.toString()).doesNotContain("wrong-canary");
  }

  private record Told(List<String> lines) implements Progress {
    @Override
    public void note(String line) {
      lines.add(line);
    }

    @Override
    public void warn(String line) {
      lines.add(line);
    }

    @Override
    public void reached(Milestone milestone) {}

    @Override
    public void begins(int number, int of, String changeSet) {}

    @Override
    public void ends(int number, int of, String changeSet, String how, Duration took) {}
  }
}
