package io.omnihub.backend.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Answers each connection with the beginning of an answer and then a byte now and then. */
final class RawServer implements AutoCloseable {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerSocket server;
  private final byte[] beginning;
  private volatile boolean open = true;

  RawServer(String beginning) {
    this.beginning = beginning.getBytes(StandardCharsets.US_ASCII);
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executor.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/bot";
  }

  private void accept() {
    while (open) {
      try {
        Socket socket = server.accept();
        executor.execute(() -> trickle(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void trickle(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      if (in.read(new byte[8192]) < 0) {
        return;
      }
      socket.getOutputStream().write(beginning);
      while (open) {
        LockSupport.parkNanos(PAUSE);
        socket.getOutputStream().write(' ');
      }
    } catch (IOException hungUp) {
      // The hub has had enough, which is what the test waits for.
    }
  }

  @Override
  public void close() throws IOException {
    open = false;
    server.close();
    executor.shutdownNow();
  }
}
