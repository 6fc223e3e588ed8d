package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlywayNameTest {
  @ParameterizedTest
  @CsvSource({
    "V1__a.sql, 1, a",
    "V1.2__add_users.sql, 1.2, add users",
    "V1_2__a.sql, 1.2, a",
    "sub/V3__a__b.sql, 3, a  b",
    "V1__.sql, 1, ''",
    "V1.sql, 1, ''"
  })
  void ofAVersionedMigration(String script, String version, String description) {
    var name = FlywayName.of(script).orElseThrow();
    assertThat(name.script()).isEqualTo(script);
    assertThat(name.version()).isEqualTo(FlywayVersion.of(version).orElseThrow());
    assertThat(name.description()).isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource({"R__views.sql, views", "sub/R__a_b.sql, a b", "R__.sql, ''"})
  void ofARepeatableMigration(String script, String description) {
    assertThat(FlywayName.of(script)).contains(new FlywayName(script, null, description));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "V1__a.txt",
        "v1__a.sql",
        "V__a.sql",
        "Va__a.sql",
        "V1_a.sql",
        "R_a.sql",
        "r__a.sql",
        "a.sql",
        "U1__a.sql",
        "V1__a.sql.conf",
        "V1__a/x.sql"
      })
  void ofNothingElse(String script) {
    assertThat(FlywayName.of(script)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "B1__base.sql, true",
    "sub/B1.2_3__base.sql, true",
    "beforeMigrate.sql, true",
    "afterEachMigrate__x.sql, true",
    "createSchema.sql, true",
    "V1__a.sql, false",
    "before.sql, false",
    "beforehand.sql, false",
    "Base__x.sql, false",
    "beforeMigrate.txt, false"
  })
  void ofWhatOnlyFlywayRuns(String script, boolean is) {
    assertThat(FlywayName.isForFlywayOnly(script)).isEqualTo(is);
  }
}
