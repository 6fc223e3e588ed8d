package dev.sluice.authoring.generate;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.Column;
import dev.sluice.authoring.catalog.EnumType;
import dev.sluice.authoring.catalog.Table;
import dev.sluice.authoring.diff.Difference;
import dev.sluice.authoring.diff.ObjectChange;
import dev.sluice.authoring.rename.Rename;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A change in words, a line for each thing, as in {@code add column customers.tier text}. */
final class ChangeWords {
  private static final String PUBLIC = "public.";

  private final Catalog current;
  private final Catalog wanted;
  private final List<String> lines = new ArrayList<>();

  private ChangeWords(Catalog current, Catalog wanted) {
    this.current = current;
    this.wanted = wanted;
  }

  /** {@code current}: with its renames. */
  static List<String> of(
      Catalog current, Catalog wanted, List<Rename> renames, Difference difference) {
    var words = new ChangeWords(current, wanted);
    renames.forEach(rename -> words.lines.add(rename.words()));
    difference.changes().forEach(words::add);
    return words.lines;
  }

  private void add(ObjectChange change) {
    var before = lines.size();
    if (change.kind() == ObjectChange.Kind.CHANGE) {
      switch (change.type()) {
        case "table" -> tableOf(change.name());
        case "type" -> typeOf(change.name());
        default -> {}
      }
    }
    if (lines.size() == before) {
      lines.add(
          "%s %s %s"
              .formatted(
                  change.kind().name().toLowerCase(Locale.ROOT),
                  change.type(),
                  shortened(change.name())));
    }
  }

  private static String shortened(String name) {
    return name.startsWith(PUBLIC) ? name.substring(PUBLIC.length()) : name;
  }

  private void tableOf(String name) {
    for (var table : current.tables()) {
      if (isCalled(table, name)) {
        wanted.table(table.name()).ifPresent(other -> columns(table, other));
      }
    }
  }

  private static boolean isCalled(Table table, String name) {
    return name.replace("\"", "").equals(String.join(".", table.name().parts()));
  }

  private void columns(Table table, Table other) {
    for (var column : other.columns()) {
      var name = other.name().with(column.name());
      var old = table.column(column.name());
      if (old.isEmpty()) {
        lines.add("add column " + name + " " + described(column));
      } else {
        changed(name.toString(), old.get(), column);
      }
    }
    table.columns().stream()
        .filter(column -> other.column(column.name()).isEmpty())
        .forEach(column -> lines.add("drop column " + table.name().with(column.name())));
  }

  private static String described(Column column) {
    return column.type()
        + (column.notNull() ? " not null" : "")
        + (column.generated()
            ? " generated"
            : column.identity()
                ? " identity"
                : column.defaultValue().isEmpty() ? "" : " default " + column.defaultValue());
  }

  private void changed(String name, Column old, Column now) {
    if (!old.type().equals(now.type())) {
      lines.add("change column %s from %s to %s".formatted(name, old.type(), now.type()));
    }
    if (old.notNull() != now.notNull()) {
      lines.add("change column %s: %s".formatted(name, now.notNull() ? "not null" : "may be null"));
    }
    if (!Objects.equals(old.defaultValue(), now.defaultValue())
        || old.generated() != now.generated()) {
      lines.add(
          "change column %s: %s"
              .formatted(
                  name,
                  now.defaultValue().isEmpty()
                      ? "no default"
                      : (now.generated() ? "generated as " : "default ") + now.defaultValue()));
    }
    if (old.identity() != now.identity()) {
      lines.add(
          "change column %s: %s".formatted(name, now.identity() ? "identity" : "no identity"));
    }
  }

  private void typeOf(String name) {
    for (var type : current.enums()) {
      if (name.replace("\"", "").equals(String.join(".", type.name().parts()))) {
        wanted.enumOf(type.name()).ifPresent(other -> labels(type, other));
      }
    }
  }

  private void labels(EnumType type, EnumType other) {
    other.labels().stream()
        .filter(label -> !type.labels().contains(label))
        .forEach(label -> lines.add("add value '%s' to type %s".formatted(label, type.name())));
    type.labels().stream()
        .filter(label -> !other.labels().contains(label))
        .forEach(
            label -> lines.add("take value '%s' out of type %s".formatted(label, type.name())));
  }
}
