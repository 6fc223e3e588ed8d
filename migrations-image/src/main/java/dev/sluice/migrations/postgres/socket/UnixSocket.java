package dev.sluice.migrations.postgres.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A socket in the file system, as far as pgjdbc needs one: it is connected from the start, and a
 * read ends after the timeout.
 */
final class UnixSocket extends Socket {
  private final SocketChannel channel;
  private final Selector readable = Selector.open();
  private final Selector writable = Selector.open();
  private volatile int timeout;

  UnixSocket(Path file) throws IOException {
    this.channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
    channel.configureBlocking(false);
    channel.register(readable, SelectionKey.OP_READ);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void setSoTimeout(int milliseconds) {
    timeout = milliseconds;
  }

  @Override
  public int getSoTimeout() {
    return timeout;
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return length == 0 ? 0 : received(ByteBuffer.wrap(bytes, from, length));
      }
    };
  }

  private int received(ByteBuffer buffer) throws IOException {
    while (true) {
      var read = channel.read(buffer);
      if (read != 0) {
        return read;
      }
      if (selected(readable, timeout) == 0 && timeout > 0) {
        throw new SocketTimeoutException("nothing came in time");
      }
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        var buffer = ByteBuffer.wrap(bytes, from, length);
        while (buffer.hasRemaining()) {
          if (channel.write(buffer) == 0) {
            selected(writable, 0);
          }
        }
      }
    };
  }

  private static int selected(Selector selector, int timeout) throws IOException {
    var ready = selector.select(timeout);
    selector.selectedKeys().clear();
    return ready;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    readable.close();
    writable.close();
  }
}
