package dev.sluice.authoring.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table, or one that is partitioned.
 *
 * @param oid that stays with it whatever it is called
 */
public record Table(
    long oid, ObjectName name, boolean partitioned, boolean partition, List<Column> columns) {
  public Table {
    columns = List.copyOf(columns);
  }

  public Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  public Optional<Column> column(int number) {
    return columns.stream().filter(column -> column.number() == number).findFirst();
  }

  public Set<String> columnNames() {
    return columns.stream().map(Column::name).collect(Collectors.toSet());
  }
}
