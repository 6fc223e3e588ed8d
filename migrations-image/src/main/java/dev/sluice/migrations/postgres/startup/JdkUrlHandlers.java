package dev.sluice.migrations.postgres.startup;

import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Java's cryptography makes an http URL, and for the first of those Java looks through every jar
 * for a handler: a twelfth of a start. Here it is given the one that it would end up with.
 */
final class JdkUrlHandlers implements URLStreamHandlerFactory {
  private static final String HTTP = "sun.net.www.protocol.http.Handler";

  /** Null: Java looks for itself, as it does where the image's arguments don't export its own. */
  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    if (!protocol.equals("http")) {
      return null;
    }
    try {
      return Class.forName(HTTP).asSubclass(URLStreamHandler.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException _) {
      return null;
    }
  }
}
