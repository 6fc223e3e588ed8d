package dev.sluice.migrations.liquibase;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import liquibase.ChecksumVersion;
import liquibase.change.Change;
import liquibase.change.ColumnConfig;
import liquibase.change.core.InsertDataChange;
import liquibase.change.core.UpdateDataChange;
import liquibase.changelog.ChangeSet;
import liquibase.util.FilenameUtil;

/**
 * What changesets read of other files when they run: looked at before anything does, so that none
 * leads out of the root. A file that is missing is left to Liquibase.
 */
record FileReferences(ChangelogFiles files) {
  void mustBeBelowTheRoot(List<ChangeSet> changeSets) throws OutsideOfTheRootException {
    for (var changeSet : changeSets) {
      readAll(changeSet);
      for (var change : changeSet.getChanges()) {
        for (var path : largeObjects(change).filter(Objects::nonNull).toList()) {
          var folder = FilenameUtil.getDirectory(changeSet.getChangeLog().getPhysicalFilePath());
          files.mustBeBelowTheRoot(path.startsWith("/") ? path : folder + "/" + path);
        }
      }
    }
  }

  /** A checksum is of the files too that a changeset names. */
  private void readAll(ChangeSet changeSet) throws OutsideOfTheRootException {
    try {
      var _ = changeSet.generateCheckSum(ChecksumVersion.latest());
    } catch (RuntimeException e) {
      var outside = Causes.first(e, OutsideOfTheRootException.class);
      if (outside.isPresent()) {
        throw outside.get();
      }
    }
    files.haveAllBeenBelowTheRoot();
  }

  private static Stream<String> largeObjects(Change change) {
    return switch (change) {
      case InsertDataChange insert -> largeObjects(insert.getColumns());
      case UpdateDataChange update -> largeObjects(update.getColumns());
      default -> Stream.empty();
    };
  }

  private static Stream<String> largeObjects(List<ColumnConfig> columns) {
    return columns.stream()
        .flatMap(column -> Stream.of(column.getValueBlobFile(), column.getValueClobFile()));
  }
}
