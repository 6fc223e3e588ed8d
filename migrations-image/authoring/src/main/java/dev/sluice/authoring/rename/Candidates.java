package dev.sluice.authoring.rename;

import dev.sluice.authoring.catalog.Catalog;
import dev.sluice.authoring.catalog.EnumType;
import dev.sluice.authoring.catalog.Named;
import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.catalog.Table;
import dev.sluice.authoring.rename.Rename.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What may have been renamed: what is gone beside what is new in the same place. */
final class Candidates {
  /**
   * A rename that is possible.
   *
   * @param likelihood certain: they are alike but for their names, and nothing is lost by it;
   *     likely: worth a question; possible: if somebody says so
   */
  record Candidate(Rename rename, Likelihood likelihood) {}

  enum Likelihood {
    POSSIBLE,
    LIKELY,
    CERTAIN
  }

  private static final double MUCH = 0.5;

  private final Catalog current;
  private final Catalog wanted;

  Candidates(Catalog current, Catalog wanted) {
    this.current = current;
    this.wanted = wanted;
  }

  List<Candidate> of(Kind kind) {
    return switch (kind) {
      case SCHEMA -> schemas();
      case TABLE -> tables();
      case TYPE -> types();
      case COLUMN -> columns();
      case LABEL -> labels();
      case CONSTRAINT -> alike(kind, current.constraints(), wanted.constraints());
      case INDEX -> alike(kind, current.indexes(), wanted.indexes());
      case SEQUENCE -> alike(kind, current.ownedSequences(), wanted.ownedSequences());
    };
  }

  private List<Candidate> schemas() {
    var found = new ArrayList<Candidate>();
    for (var from : without(current.schemas(), wanted.schemas())) {
      for (var to : without(wanted.schemas(), current.schemas())) {
        var much = overlap(tablesOf(current, from), tablesOf(wanted, to)) >= MUCH;
        found.add(candidate(Kind.SCHEMA, ObjectName.of(from), ObjectName.of(to), much));
      }
    }
    return found;
  }

  private static Set<String> tablesOf(Catalog catalog, String schema) {
    return catalog.tables().stream()
        .map(Table::name)
        .filter(name -> name.schema().equals(schema))
        .map(ObjectName::last)
        .collect(Collectors.toSet());
  }

  private List<Candidate> tables() {
    var found = new ArrayList<Candidate>();
    for (var from : gone(current.tables(), wanted.tables(), Table::name)) {
      for (var to : gone(wanted.tables(), current.tables(), Table::name)) {
        if (from.partition() == to.partition() && from.partitioned() == to.partitioned()) {
          var much = overlap(from.columnNames(), to.columnNames()) >= MUCH;
          var moved = from.name().last().equals(to.name().last());
          found.add(candidate(Kind.TABLE, from.name(), to.name(), much || moved));
        }
      }
    }
    return found;
  }

  private List<Candidate> types() {
    var found = new ArrayList<Candidate>();
    for (var from : gone(current.enums(), wanted.enums(), EnumType::name)) {
      for (var to : gone(wanted.enums(), current.enums(), EnumType::name)) {
        var much = overlap(Set.copyOf(from.labels()), Set.copyOf(to.labels())) >= MUCH;
        found.add(candidate(Kind.TYPE, from.name(), to.name(), much));
      }
    }
    return found;
  }

  private List<Candidate> columns() {
    var found = new ArrayList<Candidate>();
    for (var table : current.tables()) {
      var other = wanted.table(table.name());
      if (other.isEmpty() || table.partition()) {
        continue;
      }
      for (var from : without(table.columnNames(), other.get().columnNames())) {
        for (var to : without(other.get().columnNames(), table.columnNames())) {
          var one = table.column(from).orElseThrow();
          var two = other.get().column(to).orElseThrow();
          if (one.generated() == two.generated()) {
            found.add(
                candidate(
                    Kind.COLUMN,
                    table.name().with(from),
                    table.name().with(to),
                    one.type().equals(two.type())));
          }
        }
      }
    }
    return found;
  }

  private List<Candidate> labels() {
    var found = new ArrayList<Candidate>();
    for (var type : current.enums()) {
      var other = wanted.enumOf(type.name());
      if (other.isEmpty()) {
        continue;
      }
      var before = type.labels();
      var after = other.get().labels();
      for (var from : without(before, after)) {
        for (var to : without(after, before)) {
          found.add(
              candidate(
                  Kind.LABEL,
                  type.name().with(from),
                  type.name().with(to),
                  before.size() == after.size() && before.indexOf(from) == after.indexOf(to)));
        }
      }
    }
    return found;
  }

  /** Those that differ in nothing but their names. */
  private static List<Candidate> alike(Kind kind, List<Named> before, List<Named> after) {
    var found = new ArrayList<Candidate>();
    var taken = new HashSet<ObjectName>();
    for (var from : gone(before, after, Named::name)) {
      gone(after, before, Named::name).stream()
          .filter(to -> !taken.contains(to.name()))
          .filter(to -> to.name().parent().equals(from.name().parent()))
          .filter(to -> to.definition().equals(from.definition()))
          .findFirst()
          .ifPresent(to -> {
            taken.add(to.name());
            found.add(new Candidate(new Rename(kind, from.name(), to.name()), Likelihood.CERTAIN));
          });
    }
    return found;
  }

  private static Candidate candidate(Kind kind, ObjectName from, ObjectName to, boolean likely) {
    return new Candidate(
        new Rename(kind, from, to), likely ? Likelihood.LIKELY : Likelihood.POSSIBLE);
  }

  /** In their order. */
  private static List<String> without(Collection<String> these, Collection<String> those) {
    return these.stream().filter(one -> !those.contains(one)).sorted().toList();
  }

  private static <T> List<T> gone(List<T> these, List<T> those, Function<T, ObjectName> name) {
    var names = those.stream().map(name).collect(Collectors.toSet());
    return these.stream().filter(one -> !names.contains(name.apply(one))).toList();
  }

  /** How much of the larger one both have. */
  private static double overlap(Set<String> one, Set<String> other) {
    var both = one.stream().filter(other::contains).count();
    var larger = Math.max(one.size(), other.size());
    return larger == 0 ? 0 : (double) both / larger;
  }
}
