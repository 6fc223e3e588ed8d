package dev.sluice.authoring.write;

import dev.sluice.migrations.folder.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots of one branch after those of another, so that drizzle-kit sees one line. */
record SnapshotChain(DrizzleSnapshots theirs, DrizzleSnapshots mine, String ref) {
  /** By their files' names, for migrations that get other names, in order. */
  Map<String, String> of(List<String> before, List<String> after, Layout layout)
      throws WriteRefusedException {
    var files = new LinkedHashMap<String, String>();
    if (layout == Layout.FLYWAY || theirs.isEmpty()) {
      return files;
    }
    var last = theirs.last();
    for (var i = 0; i < before.size(); i++) {
      var own = mine.of(file(before.get(i), layout));
      if (own.isPresent()) {
        last = merged(last, own.get(), before.get(i));
        files.put(file(after.get(i), layout), JsonText.of(last.json()));
      }
    }
    return files;
  }

  private static String file(String name, Layout layout) {
    return layout == Layout.DRIZZLE_JOURNAL
        ? DrizzleJournalWriter.snapshot(name)
        : name + "/snapshot.json";
  }

  private DrizzleSnapshots.Snapshot merged(
      DrizzleSnapshots.Snapshot last, DrizzleSnapshots.Snapshot own, String name)
      throws WriteRefusedException {
    if (own.isDifference()) {
      return own.after(last.id());
    }
    var isFirst = own.before().equals(List.of(DrizzleSnapshots.NONE_BEFORE));
    var began = began(own).map(DrizzleSnapshots.Snapshot::schema);
    if (began.isEmpty() && !isFirst) {
      throw new WriteRefusedException(
          "the snapshot of " + name + " follows none that is there",
          "take the folder back from version control, and generate the migration anew");
    }
    try {
      var schema = SnapshotMerge.of(began.orElse(Map.of()), last.schema(), own.schema());
      return own.with(schema).after(last.id());
    } catch (SnapshotMerge.ConflictException e) {
      throw new WriteRefusedException(
          "%s and %s both change %s".formatted(name, ref, e.getMessage()),
          "put the schema right, delete the migration, and generate it anew after what is there");
    }
  }

  /** What it followed; the first of all follows none, and began with nothing. */
  private Optional<DrizzleSnapshots.Snapshot> began(DrizzleSnapshots.Snapshot own) {
    return mine.byId(own.before().getFirst()).or(() -> theirs.byId(own.before().getFirst()));
  }
}
