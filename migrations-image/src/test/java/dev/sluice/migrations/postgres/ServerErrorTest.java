package dev.sluice.migrations.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class ServerErrorTest {
  @Test
  void isThePrimarySentenceWithTheColumnsAndTheHint() {
    var said =
        new ServerErrorMessage(
            "SERROR\0C23505\0Mduplicate key\0DKey (id)=(canary)\0Hsee it\0Wcanary\0");
    assertThat(ServerError.of(new PSQLException(said)))
        .isEqualTo(new ServerError("23505", "duplicate key: key (id)", "see it", 0));
  }

  @Test
  void hasTheFunctionAndTheLineOfTheContext() {
    var said =
        new ServerErrorMessage(
            "SERROR\0C22012\0Mdivision by zero\0"
                + "WSQL expression \"canary\"\nPL/pgSQL function f(integer) line 3 at RETURN\0");
    assertThat(ServerError.of(new PSQLException(said)))
        .isEqualTo(new ServerError("22012", "division by zero; in function f(integer) line 3"));
  }

  @Test
  void ofABatchIsWhatTheServerSaidOfIt() {
    var said = new PSQLException(new ServerErrorMessage("SERROR\0C23505\0Mduplicate key\0"));
    var batch = new BatchUpdateException("Batch entry 0 insert canary was aborted: no", null);
    batch.setNextException(said);
    assertThat(ServerError.of(batch)).isEqualTo(new ServerError("23505", "duplicate key"));
  }

  @Test
  void ofTheDriverIsItsMessage() {
    assertThat(ServerError.of(new SQLException(" it broke\n", "08006")))
        .isEqualTo(new ServerError("08006", "it broke"));
  }

  @Test
  void saysWhyThereIsNoConnection() {
    assertThat(failed(new UnknownHostException("db.example")).message())
        .isEqualTo("unknown host db.example");
    assertThat(failed(new SocketTimeoutException("x")).message()).isEqualTo("no answer in time");
    assertThat(failed(new IllegalStateException("x")).message())
        .isEqualTo("The connection attempt failed.");
  }

  private static ServerError failed(Exception cause) {
    return ServerError.of(
        new PSQLException(
            "The connection attempt failed.", PSQLState.CONNECTION_UNABLE_TO_CONNECT, cause));
  }

  @Test
  void neverIsNull() {
    assertThat(ServerError.of(new SQLException(null, null, 0)))
        .isEqualTo(new ServerError("", "no message"));
  }

  @Test
  void isFoundAmongTheCauses() {
    var thrown = new IllegalStateException(new IllegalArgumentException(sql()));
    assertThat(ServerError.in(thrown)).contains(new ServerError("40001", "again"));
  }

  @Test
  void isTheOutermostOfSeveral() {
    var outer = new SQLException("outer", "57P01");
    outer.initCause(sql());
    assertThat(ServerError.in(outer)).contains(new ServerError("57P01", "outer"));
  }

  @Test
  void isNotInWhatHasNothingToDoWithADatabase() {
    assertThat(ServerError.in(new IllegalStateException())).isEmpty();
    assertThat(ServerError.in(null)).isEmpty();
  }

  private static SQLException sql() {
    return new SQLException("again", "40001");
  }

  @Test
  void mayPassByItsState() {
    assertThat(new ServerError("40001", "").mayPass()).isTrue();
    assertThat(new ServerError("42601", "").mayPass()).isFalse();
  }
}
