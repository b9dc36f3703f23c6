package io.omnihub.core.http;

import io.omnihub.api.connector.BrowserSocket;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.atomic.AtomicBoolean;

/** A browser's web socket. */
final class VertxSocket implements BrowserSocket {
  private static final short TRY_AGAIN_LATER = 1013;

  private final String id;
  private final ServerWebSocket socket;
  private final Context context;
  private final AtomicBoolean open = new AtomicBoolean(true);

  VertxSocket(String id, ServerWebSocket socket, Context context) {
    this.id = id;
    this.socket = socket;
    this.context = context;
    socket.setWriteQueueMaxSize(1 << 20);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean send(String text) {
    if (!open.get()) {
      return false;
    }
    context.runOnContext(
        ready -> {
          if (socket.isClosed()) {
            gone();
          } else if (socket.writeQueueFull()) {
            close(TRY_AGAIN_LATER, "too slow");
          } else {
            socket.writeTextMessage(text);
          }
        });
    return true;
  }

  @Override
  public void close(int code, String reason) {
    if (open.compareAndSet(true, false)) {
      context.runOnContext(
          ready -> {
            if (!socket.isClosed()) {
              socket.close((short) code, reason);
            }
          });
    }
  }

  /** The peer has closed it. */
  void gone() {
    open.set(false);
  }
}
