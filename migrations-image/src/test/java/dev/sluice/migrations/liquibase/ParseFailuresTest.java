package dev.sluice.migrations.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.migrations.report.Failure;
import dev.sluice.migrations.report.Reason;
import liquibase.exception.ChangeLogParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXParseException;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;

class ParseFailuresTest {
  private static Failure failure(Throwable thrown) {
    var failure = ParseFailures.failure(thrown);
    assertThat(failure.reason()).isEqualTo(Reason.CHANGELOG_INVALID);
    return failure;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Syntax error in file db/a.yaml: no",
        "Error parsing db/a.yaml : no",
        "Error parsing line 3 column 7 of db/a.yaml: no",
        "Unexpected formatting at line 3 of db/a.yaml: no",
        "Something in file 'db/a.yaml': no"
      })
  void findTheFileHoweverLiquibaseNamesIt(String message) {
    assertThat(failure(new ChangeLogParseException(message)).file()).isEqualTo("db/a.yaml");
  }

  @Test
  void nameTheFileWithTheMistakeNotThoseThatIncludeIt() {
    var inner = new ChangeLogParseException("Error parsing inner.xml: oops");
    var failure = failure(new ChangeLogParseException("Error parsing root.xml: oops", inner));
    assertThat(failure.file()).isEqualTo("inner.xml");
  }

  @Test
  void haveTheLineOfXml() {
    var sax = new SAXParseException("cvc: no such element", null, null, 12, 3);
    assertThat(failure(new ChangeLogParseException("Error parsing a.xml: x", sax)).message())
        .isEqualTo("a.xml:12: cvc: no such element");
  }

  @Test
  void haveTheLineAndTheProblemOfYamlButNotItsText() {
    var yaml =
        catchThrowableOfType(
            MarkedYAMLException.class, () -> new Yaml().<Object>load("canary: 1\nb: [1\nc: 2"));
    var failure = failure(new ChangeLogParseException("Syntax error in file a.yaml: x", yaml));
    assertThat(failure.message()).matches("a\\.yaml:[23]: \\S.*").doesNotContain("canary");
  }

  @Test
  void nameAFileThatIsNotThere() {
    var thrown = new ChangeLogParseException("The file db/b.sql was not found in the classpath");
    var failure = failure(new IllegalStateException(thrown));
    assertThat(failure.message()).isEqualTo("a file that is referred to isn't there: db/b.sql");
    assertThat(failure.file()).isEqualTo("db/b.sql");
    assertThat(failure.hint()).contains("relativeToChangelogFile");
  }

  @Test
  void nameAClassThatIsNotThereAndWhereItBelongs() {
    var failure = failure(new IllegalStateException(new ClassNotFoundException("team.Fill")));
    assertThat(failure.message())
        .isEqualTo("the class team.Fill, which the changelog names, isn't in the image");
    assertThat(failure.hint()).contains("the folder lib");
  }

  @Test
  void sayWhatFormAChangelogHas() {
    assertThat(failure(new IllegalStateException(new ClassCastException("a.B"))).message())
        .isEqualTo("not of the form of a changelog: a list below databaseChangeLog");
  }

  @Test
  void withoutAFileAreTheDeepestWords() {
    var failure = failure(new IllegalStateException("outer", new IllegalArgumentException("deep")));
    assertThat(failure.message()).isEqualTo("deep");
    assertThat(failure.file()).isNull();
  }
}
