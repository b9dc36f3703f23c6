package io.omnihub.testkit.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/**
 * A port on loopback in front of a server that speaks in lines: it ends TLS, can break connections,
 * and lets a {@link Talk} read along.
 */
final class Gate implements AutoCloseable {
  private final ServerSocket listener;
  private final IntSupplier backend;
  private final boolean implicitTls;
  private final Supplier<Talk> talks;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  /**
   * Listens at once.
   *
   * @param port 0 for a free one
   * @param implicitTls whether the client speaks TLS from the start
   * @param talks makes one for each connection
   */
  Gate(int port, IntSupplier backend, boolean implicitTls, Supplier<Talk> talks) {
    this.backend = backend;
    this.implicitTls = implicitTls;
    this.talks = talks;
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    executor.execute(this::acceptAll);
  }

  int port() {
    return listener.getLocalPort();
  }

  int open() {
    return connections.size();
  }

  /** Breaks all connections and takes no new ones. */
  void cut() {
    down = true;
    breakAll();
  }

  void restore() {
    down = false;
  }

  /** Breaks all connections. */
  void breakAll() {
    connections.forEach(Connection::close);
  }

  @Override
  public void close() {
    down = true;
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    breakAll();
    executor.shutdownNow();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (down) {
          client.close();
        } else {
          executor.execute(() -> serve(client));
        }
      } catch (IOException closed) {
        // the next round sees whether the gate is closed
      }
    }
  }

  private void serve(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), backend.getAsInt());
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Connection connection = new Connection(client, server, talks.get());
      connections.add(connection);
      if (down) {
        connection.close();
      }
      connection.run();
    } catch (IOException broken) {
      closeQuietly(client);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // it is closed all the same
    }
  }

  /** Two directions; {@code client} is replaced when the client goes over to TLS. */
  private final class Connection {
    private final Socket plainClient;
    private final Socket server;
    private final Talk talk;
    private volatile Socket client;

    Connection(Socket client, Socket server, Talk talk) {
      this.plainClient = client;
      this.client = client;
      this.server = server;
      this.talk = talk;
    }

    void run() throws IOException {
      try {
        if (implicitTls) {
          client = overTls();
        }
        executor.execute(this::pumpToClient);
        pumpToServer();
      } finally {
        close();
      }
    }

    void close() {
      connections.remove(this);
      closeQuietly(plainClient);
      closeQuietly(server);
    }

    private Socket overTls() throws IOException {
      SSLSocket secure =
          (SSLSocket)
              Loopback.shared()
                  .context()
                  .getSocketFactory()
                  .createSocket(plainClient, "127.0.0.1", plainClient.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      return secure;
    }

    private void pumpToServer() throws IOException {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (String line = readLine(in); line != null; line = readLine(in)) {
        switch (talk.fromClient(line)) {
          case Talk.Reaction.Pass pass -> write(server, pass.line());
          case Talk.Reaction.Answer answer -> write(client, answer.line() + "\r\n");
          case Talk.Reaction.Upgrade upgrade -> {
            write(client, upgrade.line() + "\r\n");
            client = overTls();
            in = new BufferedInputStream(client.getInputStream());
          }
          case Talk.Reaction.Cut cut -> {
            return;
          }
        }
      }
    }

    private void pumpToClient() {
      try {
        InputStream in = new BufferedInputStream(server.getInputStream());
        acknowledgeAtOnce();
        for (String line = readLine(in); line != null; line = readLine(in)) {
          acknowledgeAtOnce();
          switch (talk.fromServer(line)) {
            case Talk.Reaction.Pass pass -> write(client, pass.line());
            case Talk.Reaction.Answer answer -> write(client, answer.line() + "\r\n");
            case Talk.Reaction.Upgrade upgrade ->
                throw new IllegalStateException("only the client asks for TLS: " + upgrade);
            case Talk.Reaction.Cut cut -> {
              return;
            }
          }
        }
      } catch (IOException broken) {
        // both directions end together
      } finally {
        close();
      }
    }

    /** The server sends a second line only when the first one is acknowledged, 40 ms later. */
    private void acknowledgeAtOnce() throws IOException {
      if (server.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
        server.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
      }
    }

    private static void write(Socket to, String text) throws IOException {
      OutputStream out = to.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** A line with its end; null at the end of the stream. */
    private static String readLine(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          break;
        }
      }
      return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
