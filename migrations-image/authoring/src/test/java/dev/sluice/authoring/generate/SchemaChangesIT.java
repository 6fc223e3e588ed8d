package dev.sluice.authoring.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.authoring.generate.ScratchFixture.Wish;
import dev.sluice.migrations.folder.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change of {@code changes.txt} is generated, and what the folder makes is as wanted. */
class SchemaChangesIT {
  private static final int EVERY = 3;

  /** Seldomer than there. */
  private static final int BACK = 4;

  private static @Nullable ScratchFixture fixture;

  @TempDir private Path root = Path.of("");

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(ScratchFixture.isPossible(), "only a build on Linux makes target/postgres");
    fixture = new ScratchFixture();
  }

  @AfterAll
  static void end() {
    if (fixture != null) {
      fixture.close();
    }
  }

  /** A build takes each third, and of the ways back each twelfth; {@code -Dsluice.every=1} all. */
  private static List<ChangeCase> each(int every) throws IOException {
    var all = ChangeCase.all();
    return IntStream.range(0, all.size())
        .filter(number -> number % every == 0)
        .mapToObj(all::get)
        .toList();
  }

  private static int every() {
    return Integer.getInteger("sluice.every", EVERY);
  }

  static List<ChangeCase> changes() throws IOException {
    return each(every());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void makesWhatIsWanted(ChangeCase change) throws Exception {
    ScratchFixture.put(root, Layout.DRIZZLE_JOURNAL, change.before());
    var wish =
        Wish.of(root, change.after()).renamed(change.all("rename")).allowing(change.all("allow"));
    var generated = fixture().generated(change.has("off") ? wish.withoutRenames() : wish);
    var lossy = change.all("lossy");
    if (!lossy.isEmpty()) {
      assertThat(generated).isInstanceOf(Generated.Lossy.class);
      assertThat(((Generated.Lossy) generated).losses().stream().map(l -> l.object().toString()))
          .containsAll(lossy);
    } else if (change.one("open").isPresent()) {
      assertThat(generated).isInstanceOf(Generated.Open.class);
      assertThat(((Generated.Open) generated).questions().stream().map(q -> q.gone().toString()))
          .containsExactlyElementsOf(change.all("open"));
    } else if (change.one("failed").isPresent()) {
      assertThat(generated).isInstanceOf(Generated.Failed.class);
      assertThat(((Generated.Failed) generated).message()).contains(change.all("failed"));
    } else {
      made(generated);
      for (var kept : change.all("kept")) {
        var at = kept.lastIndexOf('=');
        assertThat(fixture().value(kept.substring(0, at))).isEqualTo(kept.substring(at + 1));
      }
      return;
    }
    nothingWasWritten();
  }

  static List<ChangeCase> changesBack() throws IOException {
    return each(every() == 1 ? 1 : BACK * every());
  }

  @ParameterizedTest
  @MethodSource("changesBack")
  void makesWhatWasBefore(ChangeCase change) throws Exception {
    ScratchFixture.put(root, Layout.DRIZZLE_JOURNAL, change.after());
    var generated =
        fixture().generated(Wish.of(root, change.before()).allowing(List.of("*")).withoutRenames());
    if (change.one("back").isPresent()) {
      assertThat(generated).isInstanceOf(Generated.Failed.class);
      assertThat(((Generated.Failed) generated).message()).contains(change.all("back"));
      nothingWasWritten();
    } else {
      made(generated);
    }
  }

  private void made(Generated generated) throws Exception {
    var unchanged = generated instanceof Generated.NoChange;
    assertThat(unchanged || generated instanceof Generated.Migrations).as("%s", generated).isTrue();
    var wanted = fixture().dumpOfWanted();
    assertThat(fixture().dumpOfFolder(root)).isEqualTo(wanted);
  }

  private void nothingWasWritten() throws IOException {
    try (var files = Files.list(root.resolve("db"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("0000_init.sql", "meta");
    }
  }

  private static ScratchFixture fixture() {
    return Objects.requireNonNull(fixture);
  }
}
