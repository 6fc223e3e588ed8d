package dev.sluice.authoring.loss;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.Column;
import dev.sluice.authoring.catalog.Named;
import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.catalog.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is lost between two looks at the same database: by what stays with an object whatever it is
 * called, so that one which was dropped and made again under its name counts as lost.
 */
public final class Losses {
  private final Catalog before;
  private final Catalog after;
  private final List<Loss> losses = new ArrayList<>();

  private Losses(Catalog before, Catalog after) {
    this.before = before;
    this.after = after;
  }

  public static List<Loss> between(Catalog before, Catalog after) {
    var losses = new Losses(before, after);
    losses.schemas();
    losses.tables();
    losses.sequences();
    losses.labels();
    return losses.losses;
  }

  private void schemas() {
    before.schemas().stream()
        .filter(name -> !after.schemaIds().containsValue(before.schemaIds().get(name)))
        .sorted()
        .forEach(name -> lost(ObjectName.of(name), "the schema is dropped"));
  }

  private void tables() {
    for (var table : before.tables()) {
      var left = after.table(table.oid());
      if (left.isPresent()) {
        columns(table, left.get());
      } else {
        lost(
            table.name(),
            after.table(table.name()).isPresent()
                ? "the table is dropped and made again, empty"
                : "the table is dropped");
      }
    }
  }

  private void columns(Table table, Table left) {
    for (var column : table.columns()) {
      if (left.column(column.number()).isPresent()) {
        continue;
      }
      var again = left.column(column.name());
      if (again.isEmpty() && !column.isComputed()) {
        lost(table.name().with(column.name()), "the column is dropped");
      } else if (again.isPresent() && !again.get().isComputed()) {
        lost(table.name().with(column.name()), "the column is dropped and made again, empty");
      }
    }
  }

  private void sequences() {
    var left =
        Stream.concat(after.sequences().stream(), after.ownedSequences().stream())
            .map(Named::oid)
            .collect(Collectors.toSet());
    for (var sequence : before.sequences()) {
      if (!left.contains(sequence.oid())) {
        lost(sequence.name(), "the sequence is dropped, and how far it is");
      }
    }
  }

  private void labels() {
    for (var type : before.enums()) {
      var left = after.enumLike(type).map(type::spelling);
      if (left.isEmpty()) {
        continue; // then its columns are gone, or were changed, and that is named
      }
      type.labels().stream()
          .filter(label -> !left.get().containsKey(label))
          .forEach(label -> lost(type.name().with(label), "the value is taken out of the type"));
    }
  }

  private void lost(ObjectName object, String what) {
    losses.add(new Loss(object, what));
  }

  /** Columns that have another type now. */
  public static List<Retyped> retyped(Catalog before, Catalog after) {
    var found = new ArrayList<Retyped>();
    for (var table : before.tables()) {
      after
          .table(table.name())
          .ifPresent(other -> {
            for (var column : table.columns()) {
              other
                  .column(column.name())
                  .filter(now -> !now.type().equals(column.type()))
                  .ifPresent(now -> found.add(new Retyped(table, column, now)));
            }
          });
    }
    return found;
  }

  /** A column and what it becomes. */
  public record Retyped(Table table, Column before, Column after) {
    public ObjectName name() {
      return table.name().with(before.name());
    }

    public Loss loss() {
      return new Loss(
          name(), "values don't all fit from %s into %s".formatted(before.type(), after.type()));
    }
  }
}
