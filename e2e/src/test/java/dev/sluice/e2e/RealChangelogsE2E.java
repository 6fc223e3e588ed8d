package dev.sluice.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.sluice.e2e.harness.OnCluster;
import dev.sluice.e2e.harness.PlainLiquibase;
import dev.sluice.e2e.harness.Site;
import dev.sluice.e2e.harness.SiteDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real projects wrote for Liquibase comes out of Sluice as it comes out of Liquibase. */
@ExtendWith(OnCluster.class)
final class RealChangelogsE2E {

  private final Site site;

  RealChangelogsE2E(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @EnumSource(mode = EXCLUDE, names = "FLOWABLE_EVENTS")
  void theSchemaAndTheLedgerAreThoseOfPlainLiquibase(RealChangelog real, @TempDir Path folder) {
    real.unpack(folder);
    var ours = site.database();
    var theirs = site.database();

    var status =
        site.apply(
                site.manifest(name(real), ours)
                    .image(site.imageOf(folder))
                    .with("spec.changelog.path", real.root()))
            .awaitReady();
    PlainLiquibase.update(theirs, folder, real.root());

    assertThat(ledger(ours))
        .hasSizeGreaterThanOrEqualTo(real.changeSets())
        .isEqualTo(ledger(theirs));
    assertThat(ours.server().schema(ours)).isEqualTo(theirs.server().schema(theirs));
    assertThat(status.pending()).isZero();
  }

  @Test
  void aClassThatAChangelogNeedsIsNamed(@TempDir Path folder) {
    var real = RealChangelog.FLOWABLE_EVENTS;
    real.unpack(folder);
    var database = site.database();

    var status =
        site.apply(
                site.manifest(name(real), database)
                    .image(site.imageOf(folder))
                    .with("spec.changelog.path", real.root()))
            .awaitStalled();

    var failure = requireNonNull(requireNonNull(status.lastRun()).failure());
    assertThat(failure.reason()).isEqualTo("ChangelogInvalid");
    assertThat(failure.message())
        .contains("class org.flowable.eventregistry.impl.db.", "isn't in the image");
    assertThat(database.tables()).isEmpty();
  }

  private static String name(RealChangelog real) {
    return real.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> ledger(SiteDatabase database) {
    return database.query(
        """
        select orderexecuted, id, author, filename, md5sum, exectype, description, comments,
               contexts, labels, liquibase
        from databasechangelog order by orderexecuted\
        """);
  }
}
