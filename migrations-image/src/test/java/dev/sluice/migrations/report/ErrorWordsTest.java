package dev.sluice.migrations.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          42601 | syntax error at or near "Canary"                      | syntax error at or near "…"
          42601 | syntax error at or near "from"                        | syntax error at or near "from"
          42601 | syntax error at or near ")"                           | syntax error at or near ")"
          42601 | syntax error at end of input                          | syntax error at end of input
          42601 | unterminated quoted string at or near "'a "Canary" b" | unterminated quoted string at or near "…"
          42601 | missing "=" after "Canary" in connection info string  | missing "…" in connection info string
          22P02 | invalid input syntax for type integer: "a " Canary"   | invalid input syntax for type integer: "…"
          22P02 | ungültige Eingabesyntax für Typ integer: »Canary«     | ungültige Eingabesyntax für Typ integer: "…"
          22003 | value "Canary" is out of range for type smallint      | value "…" is out of range for type smallint
          22001 | value too long for type character varying(5)          | value too long for type character varying(5)
          22023 | role "nobody-knows" does not exist                    | role "nobody-knows" does not exist
          22023 | invalid value for parameter "work_mem": "Canary"      | invalid value for parameter "…"
          42703 | column "e_mail" does not exist                        | column "e_mail" does not exist
          42703 | column "a Canary value!" does not exist               | column "…" does not exist
          42P07 | relation "users" already exists                       | relation "users" already exists
          08006 | invalid sslmode value: "Canary!"                      | invalid sslmode value: "…"
          23505 | duplicate key value violates unique constraint "a b"  | duplicate key value violates unique constraint "a b"
          P0001 | the author says "so"                                  | the author says "so"
          """)
  void ofTheServerHaveNamesAndNoValues(String state, String said, String words) {
    assertThat(ErrorWords.ofServer(state, said)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          42601 | Unterminated string literal started at position 26 in SQL alter role r password 'Canary. Expected  char | Unterminated string literal started at position 26
          ``    | Batch entry 0 insert into t values ('Canary') was aborted: ERROR: no  Call getNextException to see other errors | ERROR: no
          22003 | Bad value for type int : Canary                                                                           | Bad value for type int
          ``    | The connection attempt failed.                                                                            | The connection attempt failed.
          """)
  void ofTheDriverEndWhereAStatementBegins(String state, String said, String words) {
    assertThat(ErrorWords.ofDriver(state, said)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ERROR: no [Failed SQL: (0) insert into t values ('Canary')] | ERROR: no
          SQL Precondition failed.  Expected '0' got 'it's Canary'    | SQL Precondition failed.  Expected '0' got another value
          cvc-datatype: 'Canary' is not a valid value for 'boolean'.  | cvc-datatype: '…' is not a valid value for 'boolean'.
          column 'name' is required for addColumn                     | column 'name' is required for addColumn
          """)
  void ofLibrariesHaveNoStatementsAndValues(String said, String words) {
    assertThat(ErrorWords.ofLibrary(said)).isEqualTo(words);
  }

  @Test
  void ofTheContextAreFunctionAndLine() {
    assertThat(
            ErrorWords.ofContext(
                """
                SQL statement "insert into t values ('Canary')"
                PL/pgSQL function app.f(integer,text) line 3 at SQL statement
                PL/pgSQL function g() line 9 at PERFORM\
                """))
        .contains("function app.f(integer,text) line 3");
    assertThat(ErrorWords.ofContext("COPY t, line 2, column i: \"Canary\""))
        .contains("COPY t, line 2");
    assertThat(ErrorWords.ofContext("unnamed portal parameter $1 = 'Canary'")).isEmpty();
  }
}
