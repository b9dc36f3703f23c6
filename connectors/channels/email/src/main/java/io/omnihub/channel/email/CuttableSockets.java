package io.omnihub.channel.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the sockets of a mail connection and remembers them, so that another thread can end a
 * connection that waits for its server.
 */
final class CuttableSockets {
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final SSLSocketFactory secure;
  private volatile boolean ended;

  CuttableSockets(SSLSocketFactory secure) {
    this.secure = secure;
  }

  /** For {@code mail.*.socketFactory}. */
  SocketFactory plain() {
    return new Plain();
  }

  /** For {@code mail.*.ssl.socketFactory}, which hands in sockets that are connected already. */
  SSLSocketFactory overTls() {
    return new OverTls();
  }

  /** Ends whatever is open, and lets nothing be opened any more; for any thread. */
  void cut() {
    ended = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException gone) {
        // it is closed all the same
      }
    }
    sockets.clear();
  }

  private <T extends Socket> T remember(T socket) throws IOException {
    sockets.removeIf(Socket::isClosed);
    sockets.add(socket);
    if (ended) {
      socket.close();
      throw new SocketException("reading ends");
    }
    return socket;
  }

  private final class Plain extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      return remember(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return remember(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return remember(new Socket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return remember(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return remember(new Socket(host, port, from, fromPort));
    }
  }

  private final class OverTls extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      remember(socket);
      return secure.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket() throws IOException {
      return remember(secure.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return remember(secure.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return remember(secure.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return remember(secure.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return remember(secure.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return secure.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return secure.getSupportedCipherSuites();
    }
  }
}
