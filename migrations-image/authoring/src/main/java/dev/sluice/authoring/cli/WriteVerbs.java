package dev.sluice.authoring.cli;

import dev.sluice.migrations.cli.MoreVerbs;
import dev.sluice.migrations.database.Stop;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The verbs that the runner hasn't got. */
public record WriteVerbs() implements MoreVerbs {
  @Override
  public List<Object> commands(Map<String, String> environment, Consumer<Stop> stopping) {
    return List.of(
        new GenerateCommand(environment, stopping),
        new NewCommand(),
        new RenumberCommand(),
        new SnapshotCommand(environment, stopping),
        new SquashCommand(environment, stopping),
        new DevCommand(environment, stopping));
  }
}
