package dev.sluice.migrations.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.migrations.TestChangelog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that no transaction holds is sent statement by statement, split as the server does. */
class FlywayStatementsTest {
  @TempDir Path root;

  private List<String> statements(String sql) {
    new TestChangelog(root)
        .with("db/V1__a.sql", sql)
        .with("db/V1__a.sql.conf", "executeInTransaction=false");
    return switch (FolderReading.of(root, "db", Placeholders.of(Map.of()))) {
      case FolderReading.Read(var folder) ->
          folder.migrations().getFirst().chunks().stream().map(Chunk::sql).toList();
      case FolderReading.Refused refused -> throw new AssertionError(refused.message());
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a;b'",
        "select 'it''s; one'",
        "select E'it\\'s; one'",
        "select \"a;\"\";b\"",
        "select $$a;b$$",
        "select $x$a;$$;b$x$",
        "select 1 /* ; /* ; */ ; */",
        "select 1 -- ; ;",
        "create rule r as on insert to t do also (delete from a; delete from b)",
        "create function f() returns int begin atomic select 1; select case 1 when 1 then 2 end;"
            + " end",
        "select 'not closed; ever",
        "select $$not closed; ever",
        "select 1 /* not closed; ever"
      })
  void oneStatementStaysOne(String sql) {
    assertThat(statements(sql)).containsExactly(sql);
  }

  @Test
  void backslashesMeanNothingInAPlainString() {
    assertThat(statements("select 'a\\'; select 2")).containsExactly("select 'a\\';", "select 2");
  }

  @Test
  void aDollarInANameOrAParameterIsNoQuote() {
    assertThat(statements("select a$b$; select $1; select 3"))
        .containsExactly("select a$b$;", "select $1;", "select 3");
  }

  @Test
  void emptyOnesAreLeftOut() {
    assertThat(statements(";; select 1 ;\n; -- nothing\n; select 2")).hasSize(2);
  }

  @Test
  void aBracketThatIsNotOpenClosesNothing() {
    assertThat(statements("select 1); select 2")).containsExactly("select 1);", "select 2");
  }

  @Test
  void theEndOfAnAtomicBodyIsTheEnd() {
    assertThat(
            statements(
                "create function f() returns int begin atomic select 1; end; select 2; select 3"))
        .hasSize(3);
  }
}
