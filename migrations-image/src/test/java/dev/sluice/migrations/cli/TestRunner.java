package dev.sluice.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import dev.sluice.migrations.TestDatabase;
import dev.sluice.migrations.TestServer;
import dev.sluice.migrations.engine.Check;
import dev.sluice.migrations.engine.Run;
import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.RehearsalVerdict;
import dev.sluice.migrations.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The program with a good configuration, of which a test changes one thing. */
public final class TestRunner {
  private final Map<String, String> environment = new HashMap<>();
  private final Signals signals = Signals.none();

  public TestRunner(TestDatabase database, TestChangelog changelog) {
    environment.put("PGHOST", "localhost");
    environment.put("PGPORT", String.valueOf(database.server().port()));
    environment.put("PGDATABASE", database.name());
    environment.put("PGUSER", TestServer.USER);
    environment.put("PGPASSWORD", TestServer.SCRAM_PASSWORD);
    environment.put("SLUICE_ROOT", changelog.root().toString());
    environment.put("SLUICE_CHANGELOG", "root.sql");
    environment.put("SLUICE_REVISION", "1.0");
    environment.put("SLUICE_TARGET", "t1");
    environment.put("SLUICE_DEADLINE", "60s");
  }

  public TestRunner with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** On the servers of the build. */
  public TestRunner rehearsing() {
    return with("SLUICE_REHEARSAL", "Enforce")
        .with("SLUICE_POSTGRES_HOME", Path.of("target/postgres").toAbsolutePath().toString());
  }

  public TestRunner without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** What came of a run in this JVM. */
  public record Ran(int exit, Report report, String output) {
    public Failure failure() {
      return Objects.requireNonNull(report.failure(), "it succeeded");
    }

    public String reason() {
      return failure().reason().label();
    }

    public String message() {
      return failure().message();
    }

    /** It applied all, and its rehearsal did before. */
    Ran passed() {
      assertThat(exit).as(output).isZero();
      var rehearsal = Objects.requireNonNull(report.rehearsal(), "it wasn't rehearsed");
      assertThat(rehearsal.result()).as(output).isEqualTo(RehearsalVerdict.Result.PASSED);
      return this;
    }
  }

  public Ran run() {
    return run((request, context) ->
        new Run(request, new LazyEngines(), new LazyRehearsals(environment), context).report());
  }

  /** After another tool has run. */
  Ran check() {
    return run((request, context) -> new Check(request, new LazyEngines(), context).report());
  }

  /** A command for people, in this JVM; its exit code. */
  int command(String name, String... options) {
    var words = new ArrayList<>(List.of(name, "--changelog"));
    words.add(environment.getOrDefault("SLUICE_CHANGELOG", ""));
    words.addAll(List.of(options));
    return CommandLineProgram.run(words.toArray(String[]::new), environment, signals);
  }

  private Ran run(RunProgram.Task task) {
    var output = new ByteArrayOutputStream();
    var report = new AtomicReference<@Nullable Report>();
    var console = Console.ofPod(new PrintStream(output, true, UTF_8));
    var exit = new RunProgram(console, report::set, signals).run(environment, task);
    var ran = new Ran(exit, Objects.requireNonNull(report.get()), output.toString(UTF_8));
    System.out.println(ran.output());
    assertThat(ran.output() + ran.report()).doesNotContain(TestServer.SCRAM_PASSWORD);
    return ran;
  }

  /** As SIGTERM would, a run of this JVM. */
  public void interrupt() {
    signals.come();
  }

  /** A process of its own, that can be killed. */
  public Process start(Path output, String... javaOptions) throws IOException {
    return start(output, List.of(), javaOptions);
  }

  /** By way of another program, as one that changes into a network namespace. */
  public Process start(Path output, List<String> by, String... javaOptions) throws IOException {
    var command = new ArrayList<>(by);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(javaOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.sluice.migrations.cli.Main", "migrate", "--output", "json"));
    command.addAll(List.of("--changelog", environment.getOrDefault("SLUICE_CHANGELOG", "")));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }
}
