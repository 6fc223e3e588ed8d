package dev.sluice.migrations.rehearsal.observation;

import dev.sluice.migrations.report.JsonText;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes observations as JSON. */
public final class ObservationJson {
  private ObservationJson() {}

  public static String of(List<ChangeSetObservation> observations) {
    return array(observations, ObservationJson::changeSet);
  }

  private static String changeSet(ChangeSetObservation seen) {
    return object(
        field("changeSet", JsonText.quoted(seen.name())),
        field("millis", String.valueOf(seen.took().toMillis())),
        field("locks", array(seen.locks(), ObservationJson::lock)),
        field("steps", array(seen.steps(), ObservationJson::step)));
  }

  private static String step(StepObservation step) {
    return object(
        field("number", String.valueOf(step.number())),
        field("file", JsonText.quoted(step.file())),
        field("line", String.valueOf(step.line())),
        field("millis", String.valueOf(step.took().toMillis())),
        field("commands", array(step.commands(), ObservationJson::command)),
        field("drops", array(step.drops(), ObservationJson::drop)),
        field("rewrites", array(step.rewrites(), ObservationJson::rewrite)),
        field("truncated", array(step.truncated(), table -> JsonText.quoted(table.toString()))),
        field("locks", array(step.taken(), ObservationJson::lock)),
        field("scans", array(step.scans(), ObservationJson::scan)),
        field("heldBefore", array(step.heldBefore(), ObservationJson::lock)),
        field("blind", array(step.blind(), spot -> JsonText.quoted(spot.why()))));
  }

  private static String command(DdlCommand command) {
    return object(
        field("tag", JsonText.quoted(command.tag())),
        field("type", JsonText.quoted(command.objectType())),
        field("identity", JsonText.quoted(command.identity())),
        field("existing", String.valueOf(command.existing())));
  }

  private static String drop(DroppedObject drop) {
    return object(
        field("type", JsonText.quoted(drop.objectType())),
        field("identity", JsonText.quoted(drop.identity())),
        field("original", String.valueOf(drop.original())),
        field("normal", String.valueOf(drop.normal())));
  }

  private static String rewrite(Rewrite rewrite) {
    return object(
        field("table", JsonText.quoted(rewrite.table().toString())),
        field(
            "reasons",
            array(
                rewrite.reasons().stream().sorted().toList(),
                reason -> JsonText.quoted(reason.name()))));
  }

  private static String lock(TableLock lock) {
    return object(
        field("table", JsonText.quoted(lock.table().toString())),
        field("mode", JsonText.quoted(lock.mode().toString())),
        field("step", String.valueOf(lock.step())));
  }

  private static String scan(TableScan scan) {
    return object(
        field("table", JsonText.quoted(scan.table().toString())),
        field("sequential", String.valueOf(scan.sequential())),
        field("index", String.valueOf(scan.index())));
  }

  private static String object(String... fields) {
    return "{" + String.join(",", fields) + "}";
  }

  private static String field(String name, String json) {
    return JsonText.quoted(name) + ":" + json;
  }

  private static <T> String array(List<T> values, Function<T, String> json) {
    return values.stream().map(json).collect(Collectors.joining(",", "[", "]"));
  }
}
