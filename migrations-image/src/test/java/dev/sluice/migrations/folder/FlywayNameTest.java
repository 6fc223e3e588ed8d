package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    var name = FlywayName.of(script, FlywayNaming.USUAL).orElseThrow();
    assertThat(name.script()).isEqualTo(script);
    assertThat(name.version()).isEqualTo(FlywayVersion.of(version).orElseThrow());
    assertThat(name.description()).isEqualTo(description);
  }

  @ParameterizedTest
  @CsvSource({"R__views.sql, views", "sub/R__a_b.sql, a b", "R__.sql, ''"})
  void ofARepeatableMigration(String script, String description) {
    assertThat(FlywayName.of(script, FlywayNaming.USUAL))
        .contains(new FlywayName(script, null, description, false));
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
    assertThat(FlywayName.of(script, FlywayNaming.USUAL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "beforeMigrate.sql, beforeMigrate",
    "afterEachMigrate__x.sql, afterEachMigrate",
    "sub/createSchema.sql, createSchema",
    "V1__a.sql,",
    "B1__base.sql,",
    "before.sql,",
    "beforehand.sql,",
    "beforeMigrate.txt,"
  })
  void ofACallback(String script, @Nullable String event) {
    assertThat(FlywayName.callback(script, FlywayNaming.USUAL))
        .isEqualTo(Optional.ofNullable(event));
  }

  @ParameterizedTest
  @CsvSource({"B1__base.sql, 1", "sub/B1.2_3__base.sql, 1.2.3"})
  void ofABaseline(String script, String version) {
    var name = FlywayName.of(script, FlywayNaming.USUAL).orElseThrow();
    assertThat(name.isBaseline()).isTrue();
    assertThat(name.version()).isEqualTo(FlywayVersion.of(version).orElseThrow());
  }
}
