package dev.sluice.migrations.postgres.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets that find out within half a minute that the other end is gone without a word, as after
 * the failover of a server that a statement was running on. Linux would take two hours.
 */
public final class MonitoredSocketFactory extends SocketFactory {
  @Override
  public Socket createSocket() throws IOException {
    var socket = new MonitoredSocket();
    socket.setKeepAlive(true);
    var options = socket.supportedOptions();
    if (options.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 10);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 5);
      socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unused();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw unused();
  }

  private static IOException unused() {
    return new IOException("pgjdbc makes a socket first and connects it then");
  }
}
