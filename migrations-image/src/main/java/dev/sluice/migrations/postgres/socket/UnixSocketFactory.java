package dev.sluice.migrations.postgres.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/** Connects to a server by its socket in the file system, which pgjdbc can't by itself. */
public final class UnixSocketFactory extends SocketFactory {
  private final Path file;

  /** {@code file}: pgjdbc's socketFactoryArg. */
  public UnixSocketFactory(String file) {
    this.file = Path.of(file);
  }

  @Override
  public Socket createSocket() throws IOException {
    return new UnixSocket(file);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket();
  }
}
