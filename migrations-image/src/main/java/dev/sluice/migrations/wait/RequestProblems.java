package dev.sluice.migrations.wait;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLException;

/** What is wrong when there is no answer, after "the API server". */
final class RequestProblems {
  private RequestProblems() {}

  static String tell(IOException e) {
    return switch (e) {
      case SocketTimeoutException _ -> "doesn't answer in time";
      case UnknownHostException _ -> "isn't found under its name " + e.getMessage();
      case SSLException _ -> "isn't trusted: " + e.getMessage();
      case FileSystemException _ ->
          "can't be asked, a file of the account is away: " + e.getMessage();
      default -> "can't be reached: " + e.getMessage();
    };
  }
}
